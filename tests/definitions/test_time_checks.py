"""What a workflow says of time: its calendar, its time limits, its reminders."""

from __future__ import annotations

import pytest

from accreditation_engine.definitions.editions import content_hash
from accreditation_engine.definitions.reading import attempt_text
from accreditation_engine.definitions.workflow import Workflow

from .examples import RUBRIC, WORKFLOW, changed, problems

EGYPT = "calendar: {country: EG, weekend: [friday, saturday], moves: next_working_day}"
REVIEWING = "reviewing: {due: P21D}"
WITH_A_CALENDAR = changed(WORKFLOW, "initial: draft\n", f"initial: draft\n{EGYPT}\n{REVIEWING}\n")
TIMED = changed(
    WITH_A_CALENDAR,
    "    deadline: {after: P90D, then: lapse}\n",
    "    deadline: {after: P90D, counts: working_days, then: lapse}\n"
    "    reminders: [{before: P7D, to: applicant}, {at: deadline, escalate: panel}]\n",
)


def found(old: str, new: str) -> list[str]:
    return problems(RUBRIC, changed(TIMED, old, new))


def workflow(text: str) -> Workflow:
    attempt = attempt_text(text, file="b.yaml")
    assert attempt.document
    assert isinstance(attempt.document.definition, Workflow)
    return attempt.document.definition


def test_a_workflow_that_says_all_of_it_is_sound() -> None:
    assert problems(RUBRIC, TIMED) == []


def test_a_workflow_that_says_nothing_of_it_is_the_edition_it_was() -> None:
    written_out = changed(WORKFLOW, "{after: P90D,", "{after: P90D, counts: calendar_days,")
    written_out = changed(written_out, "    waits_for: panel\n", "    waits_for: panel\n    reminders: []\n")
    assert content_hash(workflow(written_out)) == content_hash(workflow(WORKFLOW))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("country: EG", "country: XQ", "7: the public holidays of 'XQ' are not known here; write the two"),
        (
            "country: EG",
            "country: eg",
            "7: 'country': 'eg' is no country; write its two capital letters, such as EG",
        ),
        ("[friday, saturday]", "[fridy]", "7: item 1 of 'weekend' cannot be 'fridy'; did you mean 'friday'?"),
        ("[friday, saturday]", "[friday, friday]", "7: 'weekend': 'friday' stands twice; remove one"),
        ("weekend: [friday, saturday], ", "", "7: missing 'weekend' in 'calendar'; add 'weekend: ...'"),
        ("next_working_day", "next_day", "7: 'moves' cannot be 'next_day'; did you mean 'next_working_day'?"),
        (
            "moves: next",
            "closed: [2026-02-30], moves: next",
            "7: item 1 of 'closed': '2026-02-30' is not a day; write for example 2026-01-07",
        ),
        (
            "moves: next",
            "closed: [2026-02-03], open: [2026-02-03], moves: next",
            "7: 2026-02-03 is both closed and open; remove it from one",
        ),
        (f"{EGYPT}\n", "", "12: working days need a calendar; add 'calendar: {country: EG, weekend: [fri"),
        ("after: P90D", "after: P3M", "13: 'P3M' is not written in days, and working days are; write for"),
        (
            "{on: due,",
            "{on: due, not_before: due,",
            "22: a date is not put off by another; remove 'not_before'",
        ),
        ("{on: due,", "{on: due, counts: working_days,", "22: a date counts no days; remove 'counts', or w"),
        ("to: applicant}, {at", "to: aplicant}, {at", "14: unknown role 'aplicant'; did you mean 'applicant"),
        ("escalate: panel", "escalate: panell", "14: unknown role 'panell'; did you mean 'panel'?"),
        (
            "{before: P7D, to",
            "{before: P7D, after: P1D, to",
            "14: item 1 of 'reminders': give exactly one of",
        ),
        (
            "{before: P7D, to: applicant}",
            "{before: P7D}",
            "14: item 1 of 'reminders': give exactly one of to",
        ),
        (
            "{at: deadline, escalate: panel}",
            "{before: P7D, to: applicant}",
            "14: 'before P7D to applicant' stands twice in 'reminders'; remove one",
        ),
        (
            "{at: deadline, escalate: panel}",
            "{at: monday, to: panel}",
            "14: 'at' cannot be 'monday'; write one of: deadline",
        ),
        (
            "    waits_for: reviewer\n",
            "    waits_for: reviewer\n    reminders: [{after: P3D, to: panel}]\n",
            "18: the state has no deadline; write 'since' instead, or add a deadline",
        ),
        (
            "en: Certified}, final: true}",
            "en: Certified}, final: true, reminders: [{since: P3D, to: panel}]}",
            "23: the state is final, so nobody is reminded of anything; remove 'reminders'",
        ),
        (
            "{due: P21D}",
            "{due: P21D, reminders: [{before: P21D, to: reviewer}]}",
            "8: P21D before a deadline after P21D is the beginning itself, or earlier; write a shorter time",
        ),
        (
            "{due: P21D}",
            "{reminders: [{after: P2D, escalate: panel}]}",
            "8: reviews are never due; write 'since' instead, or add 'due: P21D'",
        ),
        ("{due: P21D}", "{due: P3W, counts: working_days}", "8: 'P3W' is not written in days, and working"),
        ("{due: P21D}", "{counts: working_days}", "8: there is nothing to count; add 'due', or remove"),
    ],
)
def test_what_cannot_be_done_is_named_at_its_line(old: str, new: str, problem: str) -> None:
    said = [each.removeprefix("b.yaml:") for each in found(old, new)]
    assert any(each.startswith(problem) for each in said), said


def test_what_waits_since_needs_no_deadline() -> None:
    reminders = "    waits_for: reviewer\n    reminders: [{since: P14D, to: reviewer}]\n"
    assert found("    waits_for: reviewer\n", reminders) == []
