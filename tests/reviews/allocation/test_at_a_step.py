"""Reviewers that a step of the workflow draws by itself."""

from __future__ import annotations

import pytest

from accreditation_engine.definitions.checking import check_attempts
from accreditation_engine.definitions.reading import attempt_text
from accreditation_engine.engine.acting import SYSTEM_ROLE
from accreditation_engine.engine.perform import perform_many
from accreditation_engine.engine.registry import vocabulary
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.reviews.allocation.profiles import change_profile
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.trail.models import Event
from tests.reviews.queue.waiting_files import QUEUED, reviewers, waiting
from tests.support.small import RUBRIC
from tests.support.world import World, changed

RESUME = "to: in_review, by: [coordinator]}"
BY_ITSELF = changed(QUEUED, (RESUME, f"{RESUME[:-1]}, then: [allocate_reviewers]}}"))
PAUSE = "to: paused, by: [coordinator]}"
ELSEWHERE = changed(QUEUED, (PAUSE, f"{PAUSE[:-1]}, then: [allocate_reviewers]}}"))


def test_a_step_draws_for_every_file_and_is_taken_where_nobody_can_be_drawn(world: World) -> None:
    coordinator, files = world.person("coordinator"), waiting(world, 3, places=1, text=BY_ITSELF)
    people = [*world.cast.playing("reviewer"), *reviewers(world, 2)]
    for each in people:
        change_profile(reviewer=each, by=coordinator, most=1 if each in people[-2:] else 0)
    perform_many(files, "pause", coordinator)
    assert not perform_many(files, "resume", coordinator).refused
    assert {each.reviewer for each in Assignment.objects.all()} == set(people[-2:])
    draws = Event.objects.filter(kind="reviewers_drawn")
    assert sorted(len(each.data["drawn"]) for each in draws) == [0, 1, 1]
    for each in draws:
        assert (each.role, each.actor) == (SYSTEM_ROLE, None)
        step = Event.objects.get(stream=each.stream, seq=each.data["step"])
        assert step.transition == "resume"
    assert list(verify_all()) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            changed(BY_ITSELF, ("reviewing: {places: 2, claim: true, due: P21D}\n", "")),
            "there is no place to draw reviewers for; add 'reviewing: {places: 2}'",
        ),
        (ELSEWHERE, "'pause' leads to 'paused', where no reviewers are chosen"),
    ],
)
def test_a_workflow_that_draws_where_nothing_is_to_be_drawn_is_refused(text: str, problem: str) -> None:
    attempts = [attempt_text(each, file="f.yaml") for each in (RUBRIC, text)]
    found = [str(each) for each in check_attempts(attempts, vocabulary()).problems]
    assert [each for each in found if problem in each], found
