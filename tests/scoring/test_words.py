"""Reasons as people read them, in Arabic and in English."""

from __future__ import annotations

from typing import Any

import pytest

from accreditation_engine.scoring import Reason, in_words, score_sheet
from accreditation_engine.scoring.words import FACTS, PHRASES

from .rubrics import rubric

TITLES = {
    "gold": {"ar": "الفئة الذهبية", "en": "Gold"},
    "integrity": {"ar": "النزاهة", "en": "Integrity"},
    "policy": {"ar": "سياسة تعارض المصالح", "en": "Conflict-of-interest policy"},
    "channel": {"ar": "قناة الشكاوى", "en": "Complaints channel"},
}


def said(condition: dict[str, Any], policy: Any = 3, channel: Any = 2, **more: Any) -> tuple[str, str]:
    """The last reason in Arabic and in English, with isolates written as < and >."""
    named = {"criteria": [{"id": name, "title": TITLES[name]} for name in ("policy", "channel")]}
    of = rubric(
        {"id": "integrity", "title": TITLES["integrity"], **named},
        outcomes=[
            {"outcome": "gold", "title": TITLES["gold"], "when": condition},
            {"outcome": "none", "title": {"ar": "لم تستوف الشروط", "en": "Not certified"}},
        ],
        **more,
    )
    ratings = {"policy": policy, "channel": channel}
    reason = score_sheet(of, {name: each for name, each in ratings.items() if each is not None}).reasons[-1]
    arabic = in_words(reason, of, "ar").replace("\u2066", "<").replace("\u2069", ">")
    return arabic, in_words(reason, of, "en")


def test_an_area_that_falls_short() -> None:
    assert said({"every_area": {"at_least": 70}}) == (
        "نتيجة مجال «النزاهة» <62.50%>، والمطلوب لتصنيف «الفئة الذهبية» <70%> على الأقل",
        "Integrity 62.50 %, Gold asks for at least 70 %",
    )


def test_an_area_that_falls_short_on_the_scale() -> None:
    assert said({"area": {"id": "integrity", "at_least": 3, "on": "scale"}}) == (
        "نتيجة مجال «النزاهة» <2.50>، والمطلوب لتصنيف «الفئة الذهبية» <3> على الأقل",
        "Integrity 2.50, Gold asks for at least 3",
    )


def test_a_score_that_suffices() -> None:
    assert said({"score": {"at_least": 60}}) == (
        "النتيجة الكلية <62.50%>، بما يستوفي المطلوب لتصنيف «الفئة الذهبية» (<60%> على الأقل)",
        "Overall score 62.50 %, as Gold asks (at least 60 %)",
    )


def test_a_score_that_is_too_high() -> None:
    assert said({"score": {"below": 60}}) == (
        "النتيجة الكلية <62.50%>، والمطلوب لتصنيف «الفئة الذهبية» أقل من <60%>",
        "Overall score 62.50 %, Gold asks for below 60 %",
    )


def test_a_criterion_that_falls_short() -> None:
    assert said({"every_criterion": {"at_least": 3}}) == (
        "درجة معيار «قناة الشكاوى» <2.00>، والمطلوب لتصنيف «الفئة الذهبية» <3> على الأقل",
        "Complaints channel: 2.00, Gold asks for at least 3",
    )


def test_the_lowest_of_those_that_all_suffice() -> None:
    assert said({"every_criterion": {"at_least": 2}}) == (
        "أدنى درجة <2.00> لمعيار «قناة الشكاوى»، بما يستوفي المطلوب لتصنيف «الفئة الذهبية» (<2> على الأقل)",
        "The lowest rating is 2.00 (Complaints channel), as Gold asks (at least 2)",
    )


def test_a_count_names_what_was_one_too_many() -> None:
    assert said({"count": {"rating_at_most": 2, "no_more_than": 0}}) == (
        "عدد المعايير الحاصلة على <2> أو أقل: <1> (قناة الشكاوى)،"
        " والمطلوب لتصنيف «الفئة الذهبية» ألا يوجد أي منها",
        "Criteria rated 2 or lower: 1 (Complaints channel), Gold asks for none",
    )


def test_a_count_at_the_bottom_of_the_scale_says_only_that() -> None:
    assert said({"count": {"rating_at_most": 0, "no_more_than": 0}})[1] == (
        "Criteria rated 0: 0, as Gold asks (none)"
    )


def test_growth_that_cannot_be_known() -> None:
    assert said({"growth": {"since": "first_assessment", "at_least": 20}}) == (
        "لا يوجد تقييم أول يقاس عليه النمو، والمطلوب لتصنيف «الفئة الذهبية» <20%> على الأقل",
        "There is no first assessment to measure growth from, Gold asks for at least 20 %",
    )


def test_ways_out_are_joined() -> None:
    assert said({"any": [{"score": {"at_least": 90}}, {"criterion": {"id": "channel", "at_least": 4}}]}) == (
        "يكفي أحد الآتي: النتيجة الكلية <62.50%>، والمطلوب لتصنيف «الفئة الذهبية» <90%> على الأقل؛"
        " أو درجة معيار «قناة الشكاوى» <2.00>، والمطلوب لتصنيف «الفئة الذهبية» <4> على الأقل",
        "One of these would do: Overall score 62.50 %, Gold asks for at least 90 %;"
        " or Complaints channel: 2.00, Gold asks for at least 4",
    )


def test_what_is_missing_is_named() -> None:
    assert said({"score": {"at_least": 60}}, channel=None) == (
        "معايير لم تسجل درجاتها بعد: قناة الشكاوى",
        "Not rated yet: Complaints channel",
    )


def test_a_reason_outside_a_rubric_asks_for_nobody() -> None:
    values = {"area": "integrity", "value": "62.00", "bound": "at_least", "asked": "70", "unit": "percent"}
    reason = Reason("area", False, values)
    of = rubric(
        {
            "id": "integrity",
            "title": TITLES["integrity"],
            "criteria": [{"id": "a", "title": TITLES["policy"]}],
        }
    )
    assert in_words(reason, of, "en-gb") == "Integrity 62.00 %, and at least 70 % is asked for"
    assert in_words(reason, of, "ar").endswith("، والمطلوب \u206670%\u2069 على الأقل")


def test_a_long_list_is_cut_with_its_number() -> None:
    of = rubric(
        {
            "id": "x",
            "title": TITLES["integrity"],
            "criteria": [{"id": f"c{n}", "title": TITLES["policy"]} for n in range(9)],
        }
    )
    [reason] = score_sheet(of, {}).reasons
    assert in_words(reason, of, "en").endswith("Conflict-of-interest policy and 6 more")
    assert in_words(reason, of, "ar").endswith("سياسة تعارض المصالح و\u20666\u2069 غيرها")


@pytest.mark.parametrize("table", [FACTS, PHRASES])
def test_both_languages_say_the_same_things(table: dict[str, dict[str, str]]) -> None:
    assert table["ar"].keys() == table["en"].keys()
    for key, english in table["en"].items():
        assert _named(table["ar"][key]) == _named(english), key


def _named(sentence: str) -> set[str]:
    return {part.split("}")[0] for part in sentence.split("{")[1:]}
