"""What a decision's event keeps, piece by piece."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from accreditation_engine.dossiers.models import Dossier, Evidence
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.reviews.models import Assignment, Finding, Rating
from accreditation_engine.reviews.pieces import pieces_of
from accreditation_engine.trail.models import Event
from tests.support.world import BADLY, World

pytestmark = pytest.mark.django_db

LARGEST = 12_000
"""Bytes of the event of the largest decision measured: forty criteria, three reviewers, a hundred files."""


def judged(dossier: Dossier, transition: str) -> dict[str, Any]:
    event = Event.objects.get(stream=dossier.pk, kind="transition", transition=transition)
    found: dict[str, Any] = event.data["judged"]
    return found


def test_a_certificate_rests_on_pieces_that_its_event_names(world: World) -> None:
    dossier = world.dossier("certified")
    pieces = judged(dossier, "certify")["pieces"]
    files = {(each.rubric, each.criterion, each.sha256) for each in Evidence.objects.filter(dossier=dossier)}
    named = {
        (rubric, criterion, sha256)
        for rubric, criteria in pieces["evidence"].items()
        for criterion, some in criteria.items()
        for sha256 in some
    }
    assert files
    assert named == files
    ratings = Rating.objects.filter(assignment__dossier=dossier)
    given = [
        value
        for criteria in pieces["ratings"].values()
        for values in criteria.values()
        for value in values
        if value
    ]
    assert sorted(given) == sorted(each.value for each in ratings)


def test_the_digest_of_a_review_is_the_one_it_was_sent_with(world: World) -> None:
    dossier = world.dossier("certified")
    sent = {
        str(event.actor): event.data["judged"]["ratings"]
        for event in Event.objects.filter(stream=dossier.pk, transition="send_review", kind="transition")
    }
    reviews = judged(dossier, "certify")["pieces"]["reviews"]
    assert len(reviews) == Assignment.objects.filter(dossier=dossier).count()
    assert {each["reviewer"]: each["ratings"] for each in reviews} == sent


def test_a_refusal_holds_what_was_before_the_panel_too(world: World) -> None:
    """Its guards count votes alone."""
    dossier = world.dossier("refused")
    kept = judged(dossier, "refuse")
    assert {f"sheet:{name}" for name in compiled(dossier.edition_id).rubrics} <= set(kept)
    assert set(kept["pieces"]["findings"]) == {
        str(each.pk) for each in Finding.objects.filter(dossier=dossier)
    }
    assert kept["pieces"]["editions"] == dict(compiled(dossier.edition_id).pins)


def test_every_vote_that_counted_is_named_by_its_event(world: World) -> None:
    dossier = world.dossier("certified")
    cast = judged(dossier, "certify")["cast"]
    votes = Event.objects.filter(stream=dossier.pk, transition="vote", kind="transition").order_by("seq")
    assert cast == [{"seq": each.seq, "choice": each.data["choice"]} for each in votes]


def test_steps_that_do_not_decide_keep_no_pieces(world: World) -> None:
    dossier = world.dossier("certified")
    with_pieces = {
        event.transition
        for event in Event.objects.filter(stream=dossier.pk, kind="transition")
        if "pieces" in event.data.get("judged", {})
    }
    assert with_pieces == {"certify"}
    assert compiled(dossier.edition_id).deciding == {"certify", "refuse", "uphold", "dismiss"}


def test_a_refused_step_keeps_nothing(world: World) -> None:
    dossier = world.dossier("deciding", level=BADLY)
    with pytest.raises(Refused):
        world.perform(dossier, "certify")
    event = Event.objects.filter(stream=dossier.pk, kind="refused").latest("seq")
    assert set(event.data) == {"reasons"}


def test_ratings_stand_side_by_side_and_consensus_apart() -> None:
    def row(review: int, criterion: str, value: str, agreed: str | None = None) -> dict[str, Any]:
        return {
            "assignment_id": review,
            "rubric": "r",
            "criterion": criterion,
            "value": value,
            "agreed": agreed,
        }

    found = pieces_of(
        {
            "evidence": [],
            "reviews": [{"id": 4, "reviewer_id": "a" * 32}, {"id": 7, "reviewer_id": "b" * 32}],
            "ratings": [
                row(4, "one", "3", "2"),
                row(7, "one", "1", "2"),
                row(7, "two", "4"),
                row(4, "two", ""),
            ],
            "findings": [],
            "scope": [{"scope_ar": "", "scope_en": ""}],
        }
    )
    assert found["ratings"] == {"r": {"one": ["3", "1"], "two": [None, "4"]}}
    assert found["consensus"] == {"r": {"one": "2"}}


def test_the_event_of_a_large_decision_stays_small(world: World) -> None:
    dossier = world.dossier("deciding")
    asked = [
        (name, each.id)
        for name, rubric in compiled(dossier.edition_id).asked.items()
        for each in rubric.every_criterion()
    ]
    some = Evidence.objects.filter(dossier=dossier).first()
    assert some is not None
    Evidence.objects.filter(dossier=dossier).delete()
    for number in range(100):
        rubric, criterion = asked[number % len(asked)]
        some.pk, some.rubric, some.criterion = None, rubric, criterion
        some.sha256 = hashlib.sha256(str(number).encode()).hexdigest()
        some.save(force_insert=True)
    first = Assignment.objects.filter(dossier=dossier).order_by("pk")[0]
    third = Assignment.objects.create(
        dossier=dossier,
        reviewer=world.new_person("third"),
        assigned_at=first.assigned_at,
        sent_at=first.sent_at,
    )
    for rating in Rating.objects.filter(assignment=first):
        rating.pk, rating.assignment = None, third
        rating.save(force_insert=True)
    world.take_to(dossier, "certified")
    event = Event.objects.get(stream=dossier.pk, transition="certify", kind="transition")
    assert sum(len(each) for each in event.data["judged"]["pieces"]["ratings"].values()) == len(asked)
    assert event.data["judged"]["evidence_count"] == 100
    assert len(bytes(event.body)) < LARGEST
