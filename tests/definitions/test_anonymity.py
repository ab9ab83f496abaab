"""A promise that somebody is not named, and keys that would break it."""

from __future__ import annotations

import pytest

from accreditation_engine.definitions.checking import check_attempts
from accreditation_engine.definitions.reading import attempt_text
from accreditation_engine.engine.registry import vocabulary
from accreditation_engine.engine.visibility import knows_organisation
from tests.support.small import RUBRIC, WORKFLOW
from tests.support.world import World, changed

STATE = "in_review: {title: {ar: مراجعة, en: In review}, waits_for: reviewer"


def problems(state: str, reviewing: str = "") -> list[str]:
    text = changed(WORKFLOW, (STATE, f"{STATE}, {state}"))
    if reviewing:
        text = changed(text, ("initial: in_review\n", f"initial: in_review\nreviewing: {reviewing}\n"))
    attempts = [attempt_text(each, file=f"{number}.yaml") for number, each in enumerate((text, RUBRIC))]
    return [str(each) for each in check_attempts(attempts, vocabulary()).problems]


def test_both_sides_may_be_kept_from_each_other_when_nothing_names_them() -> None:
    shown = "shows: {reviewer: [answers], applicant: [ratings]}"
    assert problems(f"anonymous: [organisation, reviewers], {shown}") == []


@pytest.mark.parametrize(
    ("state", "reviewing", "said"),
    [
        ("anonymous: [panel]", "", "unknown side 'panel'"),
        ("anonymous: [reviewers]", "{objection: P5D}", "'objection' out of 'reviewing'"),
        ("anonymous: [organisation]", "{declare: true}", "'reviewer' out of 'declare'"),
        (
            "anonymous: [reviewers], shows: {applicant: [votes]}",
            "",
            "'votes', which is shown to 'applicant'",
        ),
        (
            "anonymous: [organisation], shows: {reviewer: [trail]}",
            "",
            "'trail', which is shown to 'reviewer'",
        ),
    ],
)
def test_a_promise_is_refused_when_another_key_breaks_it(state: str, reviewing: str, said: str) -> None:
    (problem,) = problems(state, reviewing)
    assert problem.startswith("0.yaml:")
    assert said in problem


def test_whoever_also_plays_a_part_that_is_shown_something_is_told(world: World) -> None:
    shown = "anonymous: [organisation], shows: {auditor: [trail]}"
    world.scheme(changed(WORKFLOW, (STATE, f"{STATE}, {shown}")), RUBRIC)
    dossier = world.dossier("in_review", scheme="mini")
    assert not knows_organisation(dossier, ["reviewer"])
    assert not knows_organisation(dossier, ["reviewer", "panel"])
    assert knows_organisation(dossier, ["reviewer", "auditor"])
    assert knows_organisation(dossier, ["panel"])
