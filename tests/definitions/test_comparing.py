"""What differs between two editions of a scheme."""

from __future__ import annotations

from typing import Any

from accreditation_engine.definitions.checking import Checked
from accreditation_engine.definitions.comparing import Change, compare
from accreditation_engine.definitions.reading import attempt_text
from tests.support.world import changed, read, shipped

SHIPPED = "institutional-commitment"
TINY = """\
workflow: tiny
edition: "1"
title: {ar: صغير, en: Tiny}
rubrics: [small]
subject: dossier
initial: draft
states:
  draft:
    title: {ar: مسودة, en: Draft}
    waits_for: applicant
    deadline: {after: P30D, then: lapse}
    shows: {applicant: [answers], coordinator: [answers, trail]}
  checking: {title: {ar: فحص, en: Checking}, waits_for: coordinator, shows: {coordinator: [answers]}}
  done: {title: {ar: تم, en: Done}, final: true}
  lapsed: {title: {ar: منتهي, en: Lapsed}, final: true}
transitions:
  submit:
    title: {ar: تقديم, en: Submit}
    from: [draft]
    to: checking
    by: [applicant]
    requires: [self_assessment_complete]
  finish: {title: {ar: إنهاء, en: Finish}, from: [checking], to: done, by: [coordinator]}
  lapse: {title: {ar: انقضاء, en: Lapse}, from: [draft], to: lapsed, by: [system]}
"""
SMALL = """\
rubric: small
edition: "1"
title: {ar: صغيرة, en: Small}
source: Invented for tests
scale: {minimum: 0, maximum: 4, step: 1}
areas:
  - id: integrity
    title: {ar: النزاهة, en: Integrity}
    criteria:
      - {id: one, title: {ar: أول, en: First}, weight: 1}
      - {id: two, title: {ar: ثان, en: Second}}
  - id: openness
    title: {ar: الشفافية, en: Openness}
    criteria:
      - {id: three, title: {ar: ثالث, en: Third}}
outcomes:
  - {outcome: gold, title: {ar: ذهبي, en: Gold}, when: {score: {at_least: 85}}}
  - {outcome: rest, title: {ar: الباقي, en: Rest}}
"""


def differences(old: Checked, new: Checked) -> list[Change]:
    (before,), (after,) = old.workflows.values(), new.workflows.values()
    return compare(before, old.rubrics, after, new.rubrics)


def told(changes: list[Change]) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    return [
        (each.part, each.id, each.what, [(one.aspect, one.of) for one in each.details]) for each in changes
    ]


def test_an_edition_does_not_differ_from_itself_but_for_its_label() -> None:
    found = shipped()
    workflow = found.workflows[SHIPPED]
    assert compare(workflow, found.rubrics, workflow, found.rubrics) == []
    old, new = read(TINY, SMALL), read(changed(TINY, ('edition: "1"', 'edition: "2"')), SMALL)
    assert differences(old, new) == []


def test_everything_that_differs_in_a_workflow_is_told_once() -> None:
    text = changed(
        TINY,
        ("after: P30D, then", "after: P60D, then"),
        ("coordinator: [answers, trail]", "coordinator: [answers]"),
        ("by: [coordinator]}", "by: [coordinator, auditor]}"),
        ("requires: [self_assessment_complete]", "requires: [code_of_conduct_accepted]"),
        ("  done: {title", "  waiting: {title: {ar: انتظار, en: Waiting}, final: true}\n  done: {title"),
        (
            "  finish: {title: {ar: إنهاء, en: Finish}",
            "  wait: {title: {ar: انتظار, en: Wait},"
            " from: [checking], to: waiting, by: [coordinator]}\n  finish: {title: {ar: إنهاء, en: End}",
        ),
    )
    changes = differences(read(TINY, SMALL), read(text, SMALL))
    assert told(changes) == [
        ("state", "draft", "changed", [("deadline", ""), ("shows", "coordinator")]),
        ("state", "waiting", "new", []),
        ("step", "submit", "changed", [("requires", "")]),
        ("step", "wait", "new", []),
        ("step", "finish", "changed", [("title", ""), ("by", "")]),
    ]
    (requires,) = changes[2].details
    assert [each.name for each in (*requires.before, *requires.after)] == [
        "self_assessment_complete",
        "code_of_conduct_accepted",
    ]


def test_everything_that_differs_in_a_rubric_is_told_once() -> None:
    moved = "      - {id: two, title: {ar: ثان, en: Second}}\n"
    text = changed(SMALL, (moved, ""), ("en: First}, weight: 1}", "en: First}, weight: 2}"))
    text = changed(
        text,
        ("      - {id: three, title: {ar: ثالث, en: Third}}\n", f"{moved}"),
        ("at_least: 85", "at_least: 80"),
        ("scale: {minimum: 0", "findings: [{severity: major, rating_at_most: 0}]\nscale: {minimum: 0"),
    )
    changes = differences(read(TINY, SMALL), read(TINY, text))
    assert told(changes) == [
        ("rubric", "small", "changed", [("findings", "")]),
        ("criterion", "one", "changed", [("weight", "")]),
        ("criterion", "two", "changed", [("in", "")]),
        ("criterion", "three", "gone", []),
        ("outcome", "gold", "changed", [("when", "")]),
    ]
    assert (changes[2].details[0].before, changes[2].details[0].after) == ("integrity", "openness")
    assert {each.rubric for each in changes} == {"small"}


def test_a_rubric_and_an_order_of_outcomes_are_told_as_a_whole() -> None:
    without = changed(TINY, ("rubrics: [small]\n", ""), ("    requires: [self_assessment_complete]\n", ""))
    assert ("rubric", "small", "gone", []) in told(differences(read(TINY, SMALL), read(without)))
    silver = "  - {outcome: silver, title: {ar: فضي, en: Silver}, when: {score: {at_least: 70}}}\n"
    three = changed(SMALL, ("  - {outcome: rest", f"{silver}  - {{outcome: rest"))
    gold = "  - {outcome: gold, title: {ar: ذهبي, en: Gold}, when: {score: {at_least: 85}}}\n"
    other = changed(three, (gold, ""), ("  - {outcome: rest", f"{gold}  - {{outcome: rest"))
    before = read(TINY, three)
    workflow = before.workflows["tiny"]
    found = compare(workflow, before.rubrics, workflow, _unproved(other))
    assert [(each.part, each.id) for each in found] == [("outcome", "order")]


def _unproved(text: str) -> dict[str, Any]:
    """A rubric whose outcomes hide one another: no check lets it pass, and it can be compared all the same."""
    document = attempt_text(text, file="other.yaml").document
    assert document is not None
    return {"small": document.definition}
