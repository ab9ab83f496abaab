from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation_engine.definitions.drawing import Road, draw
from accreditation_engine.definitions.drawing.items import contents
from accreditation_engine.definitions.drawing.placing import place
from accreditation_engine.definitions.drawing.rows import rows_of
from accreditation_engine.definitions.duration_words import in_words
from accreditation_engine.definitions.reading import read_text
from accreditation_engine.definitions.workflow import Workflow

from .examples import WORKFLOW, changed, parsed

SVG = "{http://www.w3.org/2000/svg}"
APPEALS = """\
workflow: with-appeal
edition: "1"
title: {ar: شهادة مع تظلم, en: "Certificate <with> an \\"appeal\\" & more"}
subject: dossier
initial: draft
states:
  draft: {title: {ar: مسودة, en: Draft}, waits_for: applicant, deadline: {after: P180D, then: lapse}}
  screening: {title: {ar: الفحص, en: Screening}, waits_for: coordinator}
  returned: {title: {ar: معاد, en: Returned}, waits_for: applicant, deadline: {after: P60D, then: lapse}}
  in_review: {title: {ar: المراجعة, en: In review}, waits_for: reviewer}
  reviewed: {title: {ar: اكتملت, en: Reviewed}, waits_for: coordinator}
  correcting: {title: {ar: التصحيح, en: Correcting}, waits_for: applicant}
  deciding: {title: {ar: القرار, en: Deciding}, waits_for: panel}
  certified: {title: {ar: معتمد, en: Certified}, final: true}
  refused: {title: {ar: مرفوض, en: Refused}, waits_for: applicant}
  appealing: {title: {ar: التظلم, en: Appealing}, waits_for: appeal_panel}
  refusal_final: {title: {ar: نهائي, en: Refusal is final}, final: true}
  withdrawn: {title: {ar: مسحوب, en: Withdrawn}, final: true}
  lapsed: {title: {ar: منقض, en: Lapsed}, final: true}
transitions:
"""
ROADS = {
    "submit": ("[draft, returned]", "screening", "applicant"),
    "return": ("[screening]", "returned", "coordinator"),
    "accept": ("[screening]", "in_review", "coordinator"),
    "rate": ("[in_review]", "in_review", "reviewer"),
    "close": ("[in_review]", "reviewed", "reviewer"),
    "reopen": ("[reviewed]", "in_review", "coordinator"),
    "correct": ("[reviewed]", "correcting", "coordinator"),
    "refer": ("[reviewed, correcting]", "deciding", "coordinator"),
    "vote": ("[deciding]", "deciding", "panel"),
    "certify": ("[deciding]", "certified", "panel"),
    "refuse": ("[deciding]", "refused", "panel"),
    "appeal": ("[refused]", "appealing", "applicant"),
    "uphold": ("[appealing]", "deciding", "appeal_panel"),
    "dismiss": ("[appealing]", "refusal_final", "appeal_panel"),
    "withdraw": ("[draft, screening, returned, in_review, reviewed]", "withdrawn", "applicant"),
    "lapse": ("[draft, returned]", "lapsed", "system"),
}
for name, (sources, target, by) in ROADS.items():
    title = f"{{ar: انتقال {name}, en: To {name}}}"
    APPEALS += f"  {name}: {{title: {title}, from: {sources}, to: {target}, by: [{by}]}}\n"


def workflow(text: str = APPEALS) -> Workflow:
    definition = read_text(text, file="w.yaml").definition
    assert isinstance(definition, Workflow)
    return definition


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in parsed(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_state_and_transition_is_in_the_picture(language: str) -> None:
    found = " ".join(texts(draw(workflow(), language=language)))
    for state in workflow().states.values():
        assert state.title.in_language(language) in found
    for transition in workflow().transitions.values():
        assert transition.title.in_language(language) in found


def test_the_picture_has_a_title_and_says_in_words_what_it_shows() -> None:
    root = parsed(draw(workflow(), language="en", roles={"panel": "the panel"}))
    assert root.findtext(f"{SVG}title") == 'Certificate <with> an "appeal" & more'
    assert "Deciding: waits for the panel; To vote leads to Deciding; " in str(root.findtext(f"{SVG}desc"))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "workflow-with-appeal-title workflow-with-appeal-desc"


def test_arabic_is_written_from_right_to_left() -> None:
    arabic, english = draw(workflow(), language="ar"), draw(workflow(), language="en")
    assert parsed(arabic).get("direction") == "rtl"
    assert parsed(english).get("direction") == "ltr"


def test_time_limits_are_dashed_and_in_words() -> None:
    assert {"180 days", "60 days"} <= set(texts(draw(workflow(), language="en")))
    assert {"180 يوما", "60 يوما"} <= set(texts(draw(workflow(), language="ar")))
    assert "stroke-dasharray" in draw(workflow(), language="en")


def test_a_transition_from_many_states_gets_a_letter_instead_of_lines() -> None:
    found = texts(draw(workflow(), language="en"))
    assert found.count("A") == 5 + 1 + 1  # at each state, at the label, in the legend


def test_letters_are_those_of_the_picture_s_language() -> None:
    found = texts(draw(workflow(), language="ar"))
    assert found.count("س") == 5 + 1 + 1
    assert not re.search("[A-Z]", "".join(each for each in found if not each.startswith("انتقال")))


def test_the_current_state_is_marked_and_the_road_not_taken_is_pale() -> None:
    plain = draw(workflow(), language="en")
    marked = draw(workflow(), language="en", current="screening", visited=["draft"])
    assert plain.count('opacity="0.5"') == 0
    assert marked.count('opacity="0.5"') == len(workflow().states) - 2
    assert marked.count('stroke-width="3"') == 1


def test_it_is_the_same_picture_each_time() -> None:
    assert draw(workflow(), language="ar") == draw(workflow(), language="ar")


def test_no_style_that_a_strict_page_would_refuse() -> None:
    svg = draw(workflow(), language="ar", current="draft")
    assert "<style" not in svg
    assert " style=" not in svg


def test_nothing_overlaps() -> None:
    found = contents(workflow(), rows_of(workflow()), "en")
    placed = place(found)
    boxes = sorted(
        (item.row, slot.x - item.width / 2, slot.x + item.width / 2)
        for item, slot in zip(found.items, placed.slots, strict=True)
    )
    for (row, _, right), (next_row, left, _) in pairwise(boxes):
        assert row != next_row or left >= right
    assert all(item.row % 2 == (0 if item.is_state else 1) for item in found.items)


def test_states_that_do_not_exist_are_left_out() -> None:
    text = changed(WORKFLOW, "to: in_review", "to: nowhere").replace("initial: draft", "initial: nothing")
    assert "Submit" not in " ".join(texts(draw(workflow(text), language="en")))


names = st.sampled_from(["a", "b", "c", "d", "e", "f"])


@given(
    states=st.lists(names, min_size=1, unique=True),
    roads=st.lists(st.tuples(st.lists(names, min_size=1, max_size=6), names, st.booleans()), max_size=9),
    title=st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=30).filter(str.strip),
)
@settings(deadline=None)
def test_any_workflow_can_be_drawn(states: list[str], roads: list[Any], title: str) -> None:
    both = {"ar": title, "en": title}
    transitions = {
        f"t{n}": {"title": both, "from": sources, "to": target, "by": ["system" if timed else "panel"]}
        for n, (sources, target, timed) in enumerate(roads)
    }
    state = {"title": both, "deadline": {"after": "P1D", "then": "t0"}}
    data = {"workflow": "w", "edition": "1", "title": both, "subject": "s", "initial": "a"}
    drawn = Workflow.model_validate(
        {**data, "states": dict.fromkeys(states, state), "transitions": transitions}
    )
    for language in ("ar", "en"):
        svg = draw(drawn, language=language, current="a")
        parsed(svg)
        assert not re.search(r"\b(nan|inf)\b", svg.split("</desc>")[1].replace(title, ""))


@pytest.mark.parametrize(
    ("duration", "english", "arabic"),
    [
        ("P1D", "1 day", "يوم"),
        ("P2M", "2 months", "شهران"),
        ("P3Y", "3 years", "3 سنوات"),
        ("P11D", "11 days", "11 يوما"),
        ("P100D", "100 days", "100 يوم"),
        ("P1Y6M", "1 year, 6 months", "سنة و6 أشهر"),
        ("PT12H", "12 hours", "12 ساعة"),
    ],
)
def test_a_duration_in_words(duration: str, english: str, arabic: str) -> None:
    assert in_words(duration, "en") == english
    assert in_words(duration, "ar") == arabic


def test_steps_of_a_road_are_numbered_and_what_lies_off_it_is_pale() -> None:
    road = Road([("draft", "submit"), ("screening", "return"), ("returned", "submit")], {"draft": ["2 days"]})
    drawn = parsed(draw(workflow(), language="en", visited={"draft"}, road=road))
    labels = [
        (each.get("opacity"), [text.text for text in each.iter(f"{SVG}text")])
        for each in drawn.iter(f"{SVG}g")
        if each.get("class") == "workflow-transition"
    ]
    assert (None, ["To submit", "1, 3"]) in labels
    assert (None, ["To return", "2"]) in labels
    assert ("0.5", ["To certify"]) in labels


def test_a_road_alone_leaves_out_what_was_not_come_by_and_every_entry_of_the_legend_fits() -> None:
    road = Road([("draft", "submit"), ("screening", "return"), ("returned", "submit")])
    svg = draw(
        workflow(), language="ar", visited={"draft", "returned"}, current="screening", road=road, alone=True
    )
    drawn, found = parsed(svg), texts(svg)
    assert {"مسودة", "الفحص", "معاد", "انتقال submit", "1، 3"} <= set(found)
    assert not {"انتقال withdraw", "القرار", "س"} & set(found)
    width = float(str(drawn.get("viewBox")).split()[2])
    assert all(float(str(each.get("width"))) < width for each in drawn.iter(f"{SVG}rect"))
    assert drawn.get("aria-labelledby") != parsed(draw(workflow(), language="ar")).get("aria-labelledby")


def test_numbers_of_a_step_are_cut_short_when_it_was_taken_often() -> None:
    road = Road([("screening", "return"), ("returned", "submit")] * 300)
    assert road.numbers(["returned"], "submit", ", ") == "2, 4 … 600 (300×)"
    assert road.numbers(["draft"], "submit", ", ") == ""
