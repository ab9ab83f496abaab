"""Figures and cautions in words."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from accreditation_engine.scoring.agreement import (
    Caution,
    Figure,
    Interval,
    RatingTable,
    agreement,
    caution_in_words,
    cautions_in_words,
    in_words,
    reliability_in_words,
    sentences,
    severity,
    severity_in_words,
)
from accreditation_engine.scoring.agreement.lines import agreement_lines
from accreditation_engine.scoring.agreement.words import shown_number

from .tables import SIX_TARGETS, TWO_OBSERVERS, typed

ALPHA = Figure("alpha", 0.8108, 12, 3, 26, "interval", interval=Interval(0.38, 1.0, "bootstrap", 2000))
ISOLATED = re.compile("\u2066[^\u2066\u2069]*\u2069|\u2068[^\u2068\u2069]*\u2069")


def test_a_figure_comes_with_what_it_was_made_from() -> None:
    said = (
        "Krippendorff's alpha (interval): 0.81, with 95 % confidence 0.38 to 1.00 "
        "(ratings 26, units 12, raters 3)"
    )
    assert in_words(ALPHA, "en") == said
    assert in_words(ALPHA, "en-gb") == said
    arabic = in_words(ALPHA, "ar").replace("\u2066", "").replace("\u2069", "")
    assert arabic == (
        "معامل ألفا لكريبندورف (المستوى الفتري): 0.81، وبثقة 95% بين 0.38 و1.00 "
        "(الدرجات 26، الوحدات 12، المراجعون 3)"
    )


def test_undefined_is_said_with_its_reason_and_no_number() -> None:
    figure = Figure("alpha", None, 5, 2, 10, "ordinal", "all_alike")
    assert in_words(figure, "en") == (
        "Krippendorff's alpha (ordinal): undefined, because all ratings are alike, so agreement cannot be told "
        "from chance (ratings 10, units 5, raters 2)"
    )
    assert "غير معرف، لأن الدرجات كلها متماثلة" in in_words(figure, "ar")


def test_numbers_inside_arabic_are_isolated() -> None:
    for table in (SIX_TARGETS, TWO_OBSERVERS):
        for figure in agreement(table, "ordinal").figures:
            for sentence in (in_words(figure, "ar"), *cautions_in_words(figure, "ar")):
                assert not re.search(r"[0-9A-Za-z]", ISOLATED.sub("", sentence)), sentence


def test_a_word_inside_arabic_keeps_its_own_direction() -> None:
    caution = Caution("one_value_dominates", {"value": "نعم", "percent": "85"})
    assert "\u2068نعم\u2069" in caution_in_words(caution, "ar")


@pytest.mark.parametrize(
    "words",
    [
        sentences.NAMES,
        sentences.VARIANTS,
        sentences.PHRASES,
        sentences.UNDEFINED,
        sentences.CAUTIONS,
        sentences.RELIABILITY,
    ],
)
def test_both_languages_say_the_same_things(words: dict[str, dict[str, str]]) -> None:
    def named(sentence: str) -> set[str | None]:
        return {field for _, field, _, _ in Formatter().parse(sentence) if field}

    assert words["en"].keys() == words["ar"].keys()
    for code, sentence in words["en"].items():
        assert named(sentence) == named(words["ar"][code]), code


def test_every_reason_and_caution_that_occurs_has_words() -> None:
    tables = [
        "1 . \n 2 .",
        "1 . \n . 1",
        "1 2",
        "3 3 \n 3 3",
        "3 3 \n 2 2",
        "1 3 \n 1 3",
        "1 2 . \n 2 2 2",
        "3 1 \n 3 2",
    ]
    for table in map(typed, tables):
        for figure in agreement(table, "ordinal").figures:
            for language in ("ar", "en"):
                assert in_words(figure, language)
                assert all(cautions_in_words(figure, language))


def test_a_small_negative_is_not_minus_zero() -> None:
    assert shown_number(-0.0001, 2) == "0.00"
    assert shown_number(-0.126, 2) == "-0.13"


def test_reliability_has_words_in_both_languages() -> None:
    assert reliability_in_words("tentative", "en") == "These ratings allow tentative conclusions only"
    assert reliability_in_words("tentative", "ar") == "اتساق المراجعين يسمح باستنتاجات مبدئية فقط"


def test_severity_is_said_without_a_name() -> None:
    rows = [
        (reviewer, dossier, "c1", value)
        for dossier in range(8)
        for reviewer, value in (("a", 1.0 + dossier % 2), ("b", 3.0), ("c", 1.0 + dossier % 3))
    ]
    found = severity(rows)
    assert severity_in_words(found["a"], "en") == (
        "Rates 0.94 points lower than peers on average, with 95 % confidence 0.42 to 1.46 "
        "(ratings 8, accreditation files 8, peers 2)"
    )
    assert severity_in_words(found["b"], "en").startswith("Rates 1.31 points higher than peers on average")
    assert severity_in_words(found["c"], "en").startswith("No clear difference from peers: -0.38 points")
    assert "أدنى من درجات الزملاء بمتوسط \u20660.94\u2069" in severity_in_words(found["a"], "ar")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_lines_hold_every_figure_and_each_caution_once(language: str) -> None:
    lines = list(agreement_lines(agreement(SIX_TARGETS, "ordinal"), language))
    text = "\n".join(lines)
    for number in ("0.1657", "0.2898", "0.7148", "0.4428", "0.6201", "0.9093", "-0.1111"):
        assert number in text
    assert len(lines) == len(set(lines)) + lines.count("") - 1


def test_lines_say_undefined_instead_of_a_number() -> None:
    lines = list(agreement_lines(agreement(RatingTable.of([["yes", "yes"]] * 3), "nominal"), "en"))
    rows = [line for line in lines if "undefined, because" in line]
    assert len(rows) == 9
    assert all(row.split()[0] == "-" for row in rows)
    assert "nan" not in "\n".join(lines).lower()
