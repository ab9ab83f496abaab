"""A visit is planned, moved, described, cancelled; whoever has no right to it is refused, in the trail."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.domain import join
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.domain import release
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.site_visits.models import Visit
from accreditation_engine.reviews.site_visits.planning import (
    agenda_of,
    cancel_visit,
    describe_visit,
    move_visit,
    place_of,
    plan_visit,
)
from accreditation_engine.trail.models import Event
from tests.reviews.interests.scheme import refused
from tests.support.post import delivered
from tests.support.world import World

from .planned import AGENDA, PLACE, drawn_unit, in_review, meeting, now, planned


def kinds(visit: Visit) -> list[str]:
    events = Event.objects.filter(stream=visit.dossier_id, kind__startswith="visit_").order_by("seq")
    return [each.kind for each in events]


def test_a_visit_of_a_drawn_branch_is_told_to_those_who_meet_when_it_is_planned(world: World) -> None:
    dossier = in_review(world)
    unit = drawn_unit(world, dossier)
    Letter.objects.all().delete()
    visit = now(planned(world, dossier, unit=unit, agenda=AGENDA))
    assert (visit.unit, visit.zone, visit.people) == (
        unit,
        "Africa/Cairo",
        [str(world.person("reviewer").pk)],
    )
    assert (place_of(visit), agenda_of(visit)) == (PLACE, AGENDA)
    assert kinds(visit) == ["visit_planned", "visit_agenda"]
    event = Event.objects.get(stream=dossier.pk, kind="visit_planned")
    assert PLACE not in bytes(event.body).decode(), "it lies beside the event"
    told = set(Letter.objects.values_list("kind", "person", "role"))
    assert told == {
        ("visit_planned", world.applicant.pk, "applicant"),
        ("visit_planned", world.person("reviewer").pk, "reviewer"),
    }


def test_the_same_visit_planned_twice_is_once(world: World) -> None:
    dossier = in_review(world)
    assert planned(world, dossier).pk == planned(world, dossier).pk
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"hours": -1}, "visit_ends_first"),
        ({"days": -3}, "visit_in_the_past"),
        ({"days": 900}, "visit_too_far"),
        ({"hours": 24 * 40}, "visit_too_long"),
        ({"zone": "Cairo"}, "no_such_zone"),
        ({"place": " "}, "visit_without_place"),
        ({"people": []}, "nobody_goes"),
        ({"unit": "لم يسحب"}, "unit_not_drawn"),
    ],
)
def test_what_cannot_be_is_refused_with_its_remedy(world: World, other: dict[str, Any], code: str) -> None:
    dossier = in_review(world)
    assert refused(lambda: planned(world, dossier, **other)) == [code]
    assert not Visit.objects.exists()


def test_everything_wrong_is_told_at_once_and_in_arabic(world: World) -> None:
    dossier = in_review(world)
    people = [world.person("reviewer", 2)]
    with pytest.raises(Refused) as found:
        planned(world, dossier, hours=-1, place="", people=people, unit="لم يسحب")
    with translation.override("ar"):
        said = str(found.value)
    assert len(found.value.reasons) == 4
    assert people[0].name in said
    assert "الزيارة" in said


def test_strangers_to_visits_are_refused_and_the_trail_says_so(world: World) -> None:
    dossier = in_review(world)
    asked = {"dossier": dossier, "kind": "remote", "unit": "", "meeting": meeting(world)}
    assert refused(lambda: plan_visit(**asked, by=world.applicant)) == ["not_your_role"]
    coordinator = world.person("coordinator")
    join(organisation=dossier.organisation, user=coordinator, by=SYSTEM)
    assert refused(lambda: plan_visit(**asked, by=coordinator)) == ["interest_bars"]
    tries = Event.objects.filter(stream=dossier.pk, kind="refused")
    assert [each.data["act"] for each in tries] == ["visit", "visit"]


def test_a_reviewer_who_gave_the_file_back_does_not_go(world: World) -> None:
    dossier = in_review(world)
    reviewer = world.person("reviewer")
    release(assignment=Assignment.objects.get(reviewer=reviewer), by=reviewer, reason="مسافر")
    assert refused(lambda: planned(world, dossier)) == ["does_not_review"]


def test_a_visit_that_is_moved_is_to_be_confirmed_anew(world: World) -> None:
    dossier, reviewer = in_review(world), world.person("reviewer")
    visit = planned(world, dossier)
    Visit.objects.update(confirmed_at=timezone.now())
    other = meeting(
        world, days=9, place="https://meet.example/1", people=[reviewer, world.person("reviewer", 1)]
    )
    move_visit(visit=visit, meeting=other, reason="عطلة", by=reviewer)
    moved = now(visit)
    assert (moved.begins_at, moved.confirmed_at, len(moved.people)) == (other.begins_at, None, 2)
    assert place_of(moved) == "https://meet.example/1"
    assert kinds(moved) == ["visit_planned", "visit_moved", "visit_placed"]


def test_moving_is_refused_without_a_reason_or_a_difference(world: World) -> None:
    dossier, coordinator = in_review(world), world.person("coordinator")
    visit = planned(world, dossier)
    same = dataclasses.replace(meeting(world), place=f"{PLACE} ")
    assert refused(lambda: move_visit(visit=visit, meeting=same, reason="x", by=coordinator)) == [
        "visit_unchanged"
    ]
    other = dataclasses.replace(same, ends_at=same.ends_at + timedelta(hours=1))
    assert refused(lambda: move_visit(visit=visit, meeting=other, reason=" ", by=coordinator)) == [
        "comment_missing"
    ]


def test_the_last_word_on_the_agenda_counts(world: World) -> None:
    visit, coordinator = planned(world, in_review(world), agenda="أ"), world.person("coordinator")
    for text in ("ب", "ب "):
        describe_visit(visit=visit, agenda=text, by=coordinator)
    assert agenda_of(now(visit)) == "ب"
    assert kinds(visit).count("visit_agenda") == 2


def test_a_cancelled_visit_is_neither_moved_nor_cancelled_again(world: World) -> None:
    visit, coordinator = planned(world, in_review(world)), world.person("coordinator")
    cancel_visit(visit=visit, reason="اعتذر الفرع", by=coordinator)
    assert now(visit).cancelled_at
    assert refused(lambda: cancel_visit(visit=visit, reason="ثانية", by=coordinator)) == ["visit_cancelled"]
    other = meeting(world, days=8)
    assert refused(lambda: move_visit(visit=visit, meeting=other, reason="x", by=coordinator)) == [
        "visit_cancelled"
    ]


def test_no_visit_is_planned_once_the_file_has_come_to_its_end(world: World) -> None:
    dossier = world.dossier("refusal_final")
    assert "visits_over" in refused(lambda: planned(world, dossier))
    assert not Visit.objects.exists()


def test_mail_tells_each_reader_in_their_language_what_stands(world: World) -> None:
    visit, coordinator = planned(world, in_review(world)), world.person("coordinator")
    User.objects.filter(pk=world.applicant.pk).update(language="ar")
    Letter.objects.exclude(person=world.applicant).delete()
    (mail,) = delivered()
    assert "تحدد موعد زيارة لكم" in mail.body
    assert "بتوقيت القاهرة" in mail.body
    cancel_visit(visit=visit, reason="اعتذر الفرع", by=coordinator)
    told = [each.body for each in delivered() if each.to == [world.applicant.email]]
    assert ["ألغيت الزيارة" in each for each in told] == [True]
    assert "اعتذر الفرع" not in told[0], "nobody's words"
