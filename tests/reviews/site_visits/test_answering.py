"""The organisation confirms a visit or asks for another date; it is held, and closed with a report."""

from __future__ import annotations

from typing import Any

from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.reviews.site_visits.answering import ask_for_another_date, confirm_visit
from accreditation_engine.reviews.site_visits.holding import close_visit, hold_visit
from accreditation_engine.reviews.site_visits.planning import move_visit, texts_of
from accreditation_engine.trail.models import Event
from tests.reviews.interests.scheme import refused
from tests.support.world import World, later

from .planned import in_review, meeting, now, planned


def test_coordinators_and_those_who_go_are_told_when_it_is_confirmed_once(world: World) -> None:
    visit = planned(world, in_review(world))
    Letter.objects.all().delete()
    for _again in range(2):
        confirm_visit(visit=visit, seen=visit.timed_at, by=world.applicant)
    assert now(visit).confirmed_at
    assert Event.objects.filter(stream=visit.dossier_id, kind="visit_confirmed").count() == 1
    told = set(Letter.objects.values_list("kind", "role"))
    assert told == {("visit_confirmed", "coordinator"), ("visit_confirmed", "reviewer")}


def test_a_date_that_was_moved_meanwhile_is_not_confirmed_unseen(world: World) -> None:
    visit, by = planned(world, in_review(world)), world.person("coordinator")
    move_visit(visit=visit, meeting=meeting(world, days=8), reason="عطلة", by=by)
    late: dict[str, Any] = {"visit": visit, "seen": visit.timed_at, "by": world.applicant}
    assert refused(lambda: confirm_visit(**late)) == ["visit_moved_meanwhile"]
    assert refused(lambda: ask_for_another_date(**late, reason="x")) == ["visit_moved_meanwhile"]


def test_another_date_is_asked_for_with_a_reason(world: World) -> None:
    visit = planned(world, in_review(world))
    asked: dict[str, Any] = {"visit": visit, "seen": visit.timed_at}
    confirm_visit(**asked, by=world.applicant)
    assert refused(lambda: ask_for_another_date(**asked, reason="", by=world.applicant)) == ["no_other_date"]
    ask_for_another_date(**asked, reason="الأحد بعده يناسبنا", by=world.applicant)
    stands = now(visit)
    assert stands.confirmed_at is None
    assert texts_of(stands.dossier, [stands.asked_seq]) == {stands.asked_seq: "الأحد بعده يناسبنا"}


def test_only_the_organisation_answers(world: World) -> None:
    visit = planned(world, in_review(world))
    for role in ("coordinator", "reviewer"):
        person = world.person(role)
        assert refused(lambda by=person: confirm_visit(visit=visit, seen=visit.timed_at, by=by)) == [
            "not_your_role"
        ]


def test_a_visit_is_held_by_those_who_go_and_then_closed(world: World) -> None:
    visit, (goes, stays) = planned(world, in_review(world)), (world.person("reviewer", n) for n in (0, 1))
    held: dict[str, Any] = {"visit": visit, "attended": [goes], "met": "سامية، أمينة الصندوق"}
    assert refused(lambda: hold_visit(**held, by=goes)) == ["visit_not_yet"]
    assert refused(lambda: close_visit(visit=visit, report="تم", by=goes)) == ["visit_not_held"]
    with later(days=7, minutes=5):
        assert refused(lambda: hold_visit(**held, by=stays)) == ["not_on_this_visit"]
        assert refused(lambda: hold_visit(visit=visit, attended=[], met=" ", by=goes)) == [
            "nobody_attended",
            "nobody_met",
        ]
        assert refused(lambda: hold_visit(**{**held, "attended": [stays]}, by=goes)) == ["was_not_to_go"]
        hold_visit(**held, by=goes)
        assert refused(lambda: hold_visit(**held, by=goes)) == ["visit_held_already"]
        assert refused(lambda: close_visit(visit=visit, report="", by=goes)) == ["visit_without_report"]
        close_visit(visit=visit, report="سجلات الفرع كاملة", by=goes)
        assert refused(lambda: close_visit(visit=visit, report="ثانية", by=goes)) == ["visit_closed_already"]
    stands = now(visit)
    assert stands.attended == [str(goes.pk)]
    assert stands.held_at is not None
    assert stands.closed_at is not None
    with later(days=8):
        assert list(verify_all()) == []


def test_a_visit_whose_time_is_over_is_neither_confirmed_nor_put_off(world: World) -> None:
    visit = planned(world, in_review(world))
    seen: dict[str, Any] = {"visit": visit, "seen": visit.timed_at, "by": world.applicant}
    with later(days=7, hours=4):
        assert refused(lambda: confirm_visit(**seen)) == ["visit_time_over"]
        assert refused(lambda: ask_for_another_date(**seen, reason="x")) == ["visit_time_over"]
    assert now(visit).confirmed_at is None
