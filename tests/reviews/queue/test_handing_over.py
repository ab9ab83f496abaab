"""Handing a review over, and a page of the first reviewer that is still open then."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import roles_of
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import engage
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.domain import Rated, rate, release
from accreditation_engine.reviews.models import Assignment, Rating
from accreditation_engine.reviews.queue.claiming import claim
from accreditation_engine.reviews.queue.handing_over import hand_over
from accreditation_engine.trail import protection
from accreditation_engine.trail.models import Event, Text
from tests.support.small import fill
from tests.support.world import World

from .waiting_files import reviewers, waiting

pytestmark = pytest.mark.django_db

A1 = ("mini", "a-1")


def refused(assignment: Assignment, to: User, by: User, reason: str = "مسافرة شهرا") -> list[dict[str, Any]]:
    with pytest.raises(Refused) as refusal:
        hand_over(assignment=assignment, to=to, reason=reason, by=by)
    return [each.as_data() for each in refusal.value.reasons]


@pytest.fixture
def file(world: World) -> Dossier:
    return waiting(world, 1)[0]


def test_the_reviewer_hands_over_and_the_other_begins_anew(world: World, file: Dossier) -> None:
    first, second = reviewers(world, 2)
    mine = claim(dossier=file, by=first)
    rate(assignment=mine, ratings={A1: Rated("3", "رأيت المحضر")}, by=first)
    theirs = hand_over(assignment=mine, to=second, reason="مسافرة شهرا", by=first)
    assert (theirs.reviewer, theirs.origin, theirs.handed_over_from) == (second, "handed_over", mine)
    mine.refresh_from_db()
    assert mine.released_at is not None
    assert list(Rating.objects.values_list("assignment", "value")) == [(mine.pk, "3")]
    assert (roles_of(first, file), roles_of(second, file)) == (frozenset(), {"reviewer"})
    event = Event.objects.get(stream=file.pk, kind="handed_over")
    assert (event.actor, event.role) == (first.pk, "reviewer")
    assert (event.data["reviewer"], event.data["from"]) == (str(second.pk), str(first.pk))
    assert Text.objects.get(stream=file.pk, seq=event.seq).text == "مسافرة شهرا"
    assert list(verify_all()) == []


def test_a_coordinator_hands_over_too(world: World, file: Dossier) -> None:
    first, second = reviewers(world, 2)
    assignment = claim(dossier=file, by=first)
    hand_over(assignment=assignment, to=second, reason="مرض", by=world.person("coordinator"))
    assert Event.objects.get(stream=file.pk, kind="handed_over").role == "coordinator"


def test_it_comes_back_to_somebody_who_had_it_before(world: World, file: Dossier) -> None:
    first, second = reviewers(world, 2)
    there = hand_over(assignment=claim(dossier=file, by=first), to=second, reason="مسافرة", by=first)
    back = hand_over(assignment=there, to=first, reason="عادت", by=second)
    assert back.handed_over_from == there
    assert list(verify_all()) == []


def test_nothing_is_handed_over_without_a_reason(world: World, file: Dossier) -> None:
    first, second = reviewers(world, 2)
    assignment = claim(dossier=file, by=first)
    assert refused(assignment, second, first, reason=" \u200f ") == [{"code": "comment_missing"}]
    assignment.refresh_from_db()
    assert assignment.released_at is None


def test_nothing_is_handed_over_to_somebody_who_must_not_review(world: World, file: Dossier) -> None:
    first, second = reviewers(world, 2)
    assignment = claim(dossier=file, by=first)
    engage(coach=second, organisation=file.organisation, began_on=timezone.localdate(), by=SYSTEM)
    assert [each["code"] for each in refused(assignment, second, first)] == ["has_interest"]
    assert [each["code"] for each in refused(assignment, first, first)] == ["assigned_already"]
    assert [each["code"] for each in refused(assignment, world.stranger, first)] == ["no_reviewer"]


def test_a_refusal_keeps_no_name_that_could_not_be_erased(world: World, file: Dossier) -> None:
    first, second = reviewers(world, 2)
    engage(coach=second, organisation=file.organisation, began_on=timezone.localdate(), by=SYSTEM)
    refused(claim(dossier=file, by=first), second, first)
    event = Event.objects.get(stream=file.pk, kind="refused")
    assert event.data == {
        "act": "hand_over",
        "person": str(second.pk),
        "name_digest": second.name_digest,
        "reasons": [{"code": "has_interest", "interests": ["coach"]}],
    }


def test_nobody_hands_over_the_review_of_somebody_else(world: World, file: Dossier) -> None:
    first, second, third = reviewers(world, 3)
    assignment = claim(dossier=file, by=first)
    claim(dossier=file, by=second)
    assert refused(assignment, third, second) == [{"code": "not_your_review"}]


def test_a_stranger_hands_over_nothing(world: World, file: Dossier) -> None:
    first, second = reviewers(world, 2)
    assignment = claim(dossier=file, by=first)
    assert [each["code"] for each in refused(assignment, second, world.stranger)] == ["not_your_role"]


def test_a_review_that_is_sent_stays_where_it_is(world: World, file: Dossier) -> None:
    first, second = reviewers(world, 2)
    assignment = claim(dossier=file, by=first)
    fill(assignment, "4", "3", "4")
    perform(file, "send_review", first)
    assert refused(assignment, second, first) == [{"code": "review_closed"}]


def test_nothing_is_handed_over_twice(world: World, file: Dossier) -> None:
    first, second, third = reviewers(world, 3)
    assignment = claim(dossier=file, by=first)
    hand_over(assignment=assignment, to=second, reason="مسافرة", by=world.person("coordinator"))
    assert refused(assignment, third, world.person("coordinator")) == [{"code": "review_closed"}]


def test_scores_after_a_hand_over_are_refused_and_the_refusal_is_written_down(
    world: World, file: Dossier
) -> None:
    first, second = reviewers(world, 2)
    assignment = claim(dossier=file, by=first)
    hand_over(assignment=assignment, to=second, reason="مرض", by=world.person("coordinator"))
    with pytest.raises(Refused) as refusal:
        rate(assignment=assignment, ratings={A1: Rated("3")}, by=first)
    today = timezone.localdate().isoformat()
    assert [each.as_data() for each in refusal.value.reasons] == [{"code": "review_handed_over", "on": today}]
    assert not Rating.objects.exists()
    event = Event.objects.get(stream=file.pk, kind="refused")
    assert (event.actor, event.data["act"]) == (first.pk, "rate")
    assert event.data["reasons"] == [{"code": "review_handed_over", "on": today}]


def test_scores_after_giving_back_are_refused_and_written_down(world: World, file: Dossier) -> None:
    (first,) = reviewers(world, 1)
    assignment = claim(dossier=file, by=first)
    release(assignment=assignment, by=first, reason="مسافرة")
    with pytest.raises(Refused, match="مغلقة"):
        rate(assignment=assignment, ratings={A1: Rated("3")}, by=first)
    assert Event.objects.filter(stream=file.pk, kind="refused").count() == 1


def test_a_rating_off_the_scale_is_no_event(world: World, file: Dossier) -> None:
    (first,) = reviewers(world, 1)
    assignment = claim(dossier=file, by=first)
    with pytest.raises(Refused):
        rate(assignment=assignment, ratings={A1: Rated("99")}, by=first)
    assert not Event.objects.filter(stream=file.pk, kind="refused").exists()


def test_a_hand_over_that_is_changed_in_silence_is_named(world: World, file: Dossier) -> None:
    first, second, third = reviewers(world, 3)
    theirs = hand_over(assignment=claim(dossier=file, by=first), to=second, reason="مسافرة", by=first)
    other = claim(dossier=file, by=third)
    with protection.lifted(connection):
        Assignment.objects.filter(pk=theirs.pk).update(handed_over_from=other)
        assert {each.code for each in verify_all()} == {"assignment"}
