"""A crowd that claims at the same moment: no place is given twice, and none is left over. 64 reviewers, each with
a connection of their own, on PostgreSQL; 8 on SQLite, which has one writer."""

from __future__ import annotations

from collections import Counter
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.allocation.profiles import change_profile
from accreditation_engine.reviews.domain import release
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.queue.claiming import claim, claim_next
from accreditation_engine.reviews.queue.handing_over import hand_over
from accreditation_engine.reviews.queue.progress import had_so_far
from accreditation_engine.trail.models import Event
from tests.support.world import World, at_once

from .waiting_files import reviewers, waiting

pytestmark = pytest.mark.django_db(transaction=True)


def crowd() -> int:
    return 64 if connection.vendor == "postgresql" else 8


def together(people: list[User], job: Any) -> list[Any]:
    """`job(person)` of each, begun at the same moment with the connection open."""
    start = Barrier(len(people))

    def begin(person: User) -> Any:
        connection.ensure_connection()
        start.wait(timeout=30)
        return job(person)

    return at_once(*(partial(begin, person) for person in people))


def standing() -> Counter[Any]:
    return Counter(Assignment.objects.filter(released_at=None).values_list("dossier", flat=True))


def test_of_a_crowd_that_claims_one_place_one_gets_it(world: World) -> None:
    (file,), people = waiting(world, 1, places=1), reviewers(world, crowd())
    outcomes = together(people, lambda person: claim(dossier=file, by=person))
    won = [each for each in outcomes if isinstance(each, Assignment)]
    lost = [each for each in outcomes if isinstance(each, Refused)]
    assert (len(won), len(lost)) == (1, crowd() - 1)
    assert {reason.code for each in lost for reason in each.reasons} == {"places_taken"}
    assert standing() == {file.pk: 1}
    assert Event.objects.filter(stream=file.pk, kind="refused").count() == crowd() - 1
    assert list(verify_all()) == []


def test_a_crowd_that_takes_the_next_takes_every_place_once(world: World) -> None:
    """As many places as people: nobody goes away empty while others look at the last ones."""
    files, people = waiting(world, crowd() // 2, places=2), reviewers(world, crowd())
    outcomes = together(people, lambda person: claim_next(by=person))
    assert [each for each in outcomes if not isinstance(each, Assignment)] == []
    assert standing() == {file.pk: 2 for file in files}
    assert Event.objects.filter(kind="claimed").count() == crowd()
    assert list(verify_all()) == []


def test_a_crowd_larger_than_the_queue_fills_it_and_the_rest_is_told(world: World) -> None:
    files, people = waiting(world, crowd() // 8, places=3), reviewers(world, crowd())
    outcomes = together(people, lambda person: claim_next(by=person))
    won = [each for each in outcomes if isinstance(each, Assignment)]
    assert len(won) == 3 * len(files)
    assert outcomes.count(None) == len(people) - len(won)
    assert standing() == {file.pk: 3 for file in files}


def test_one_reviewer_in_two_windows_takes_one(world: World) -> None:
    waiting(world, 6)
    (me,) = reviewers(world, 1)
    had = had_so_far(me)
    outcomes = together([me] * 4, lambda person: claim_next(by=person, had=had))
    assert sum(isinstance(each, Assignment) for each in outcomes) == 1
    assert sum(isinstance(each, Refused) for each in outcomes) == 3


def test_one_reviewer_who_writes_one_at_a_time_takes_one_of_two_files(world: World) -> None:
    files, (me,) = waiting(world, 2, places=1), reviewers(world, 1)
    change_profile(reviewer=me, by=world.person("coordinator"), most=1)
    windows = iter(files)
    outcomes = together([me, me], lambda person: claim(dossier=next(windows), by=person))
    refused = [reason.code for each in outcomes if isinstance(each, Refused) for reason in each.reasons]
    assert refused == ["own_load_full"]
    assert sum(standing().values()) == 1


def test_a_review_that_two_people_hand_over_goes_to_one(world: World) -> None:
    (file,), (me, one, other) = waiting(world, 1), reviewers(world, 3)
    mine = claim(dossier=file, by=me)
    outcomes = at_once(
        lambda: hand_over(assignment=mine, to=one, reason="مسافر", by=me),
        lambda: hand_over(assignment=mine, to=other, reason="مرض", by=world.person("coordinator")),
    )
    assert sum(isinstance(each, Assignment) for each in outcomes) == 1
    assert sum(isinstance(each, Refused) for each in outcomes) == 1
    assert standing() == {file.pk: 1}


def test_a_place_that_is_given_back_while_others_claim_is_given_once(world: World) -> None:
    (file,), people = waiting(world, 1, places=1), reviewers(world, 6)
    mine = claim(dossier=file, by=people[0])

    def act(person: User) -> Any:
        if person == people[0]:
            return release(assignment=mine, by=person, reason="مسافر")
        return claim(dossier=file, by=person)

    together(people, act)
    assert standing()[file.pk] <= 1
    if not standing():
        claim(dossier=file, by=people[1])
    assert list(verify_all()) == []


def test_files_that_move_on_while_others_claim_are_left_alone(world: World) -> None:
    files, people = waiting(world, 4), reviewers(world, 6)
    coordinator = world.person("coordinator")

    def act(person: User) -> Any:
        if person == coordinator:
            return [world.perform(Dossier.objects.get(pk=file.pk), "pause") for file in files[:2]]
        return claim_next(by=person)

    together([coordinator, *people], act)
    assert max(standing().values()) <= 2
    assert list(verify_all()) == []
