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
    sentences,
    severity,
    severity_in_words,
    verdict_in_words,
    why_no_interval,
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
        sentences.REASONS,
        sentences.NO_INTERVAL,
        sentences.UNIT_COLUMNS,
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


@pytest.mark.parametrize(
    ("value", "low", "units", "said"),
    [
        (
            -0.1,
            -0.3,
            40,
            "agree no more than chance would have it: alpha is -0.100, and 0 is what chance alone",
        ),
        (0.66, 0.5, 40, "agree too little to rest conclusions on: alpha is 0.660, below 0.667"),
        (0.79996, 0.7, 40, "allow tentative conclusions only: alpha is 0.799, below 0.800"),
        (
            0.9,
            0.6,
            40,
            "tentative conclusions only: alpha is 0.900, but with 95 % confidence it may be as low as 0.600",
        ),
        (0.9, None, 4, "tentative conclusions only: alpha is 0.900, but rests on few units (4)"),
        (
            0.9,
            0.8,
            40,
            "can rest on these ratings: alpha is 0.900, at least 0.800, and with 95 % confidence it is not",
        ),
        (
            1.0,
            None,
            40,
            "can rest on these ratings: alpha is 1.000, at least 0.800, and rests on enough units (40)",
        ),
    ],
)
def test_verdict_gives_its_reason(value: float, low: float | None, units: int, said: str) -> None:
    interval = None if low is None else Interval(low, 1.0, "bootstrap", 2000)
    few = (Caution("few_units", {"units": str(units)}),) if units < 20 else ()
    alpha = Figure("alpha", value, units, 2, 2 * units, interval=interval, cautions=few)
    assert said in verdict_in_words(alpha, "en")
    arabic = verdict_in_words(alpha, "ar")
    assert re.search("[؀-ۿ]", arabic)
    assert not re.search(r"[0-9A-Za-z]", ISOLATED.sub("", arabic))


def test_nothing_is_concluded_from_an_undefined_alpha() -> None:
    assert verdict_in_words(Figure("alpha", None, 5, 2, 10, "ordinal", "all_alike"), "en") == ""


@pytest.mark.parametrize(
    ("table", "name", "why"),
    [
        ("1 2 \n 3 3 \n 4 3", "alpha", "an interval takes 10 units at least, and here are 3"),
        ("1 1 \n 3 3 \n 4 4", "alpha", "no disagreement was seen from which to estimate one"),
        ("1 1 \n 3 3 \n 4 4", "ICC(1,1)", "no disagreement was seen from which to estimate one"),
        ("1 2 \n 2 3 \n 3 4", "ICC(3,1)", "raters differ by the same on every unit"),
        ("\n".join(["3 3"] * 19 + ["3 2"]), "alpha", "the ratings vary so little"),
    ],
)
def test_missing_interval_says_why(table: str, name: str, why: str) -> None:
    figure = next(each for each in agreement(typed(table), "interval").figures if each.name == name)
    assert (figure.value is None, figure.interval) == (False, None)
    assert why in why_no_interval(figure, "en")
    assert re.search("[؀-ۿ]", why_no_interval(figure, "ar"))


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
