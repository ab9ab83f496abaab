"""Sittings: called, attended, written down and closed; and what their events tell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accreditation_engine.decisions.models import Sitting
from accreditation_engine.decisions.recusing import recuse
from accreditation_engine.decisions.sealing import sealed_ballots
from accreditation_engine.decisions.sittings.attending import Stay, note_attendance
from accreditation_engine.decisions.sittings.doubts import DOUBTS
from accreditation_engine.decisions.sittings.ending import cancel_sitting, close_sitting
from accreditation_engine.decisions.sittings.minuting import write_minutes
from accreditation_engine.decisions.sittings.plan import Plan
from accreditation_engine.decisions.sittings.planning import call_sitting, change_sitting
from accreditation_engine.decisions.sittings.standing import before_the_sitting
from accreditation_engine.dossiers.erasing import erase_in_file
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.erasures import pieces_in_file
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import join
from accreditation_engine.trail.models import Event
from tests.decisions.secret import before_the_panel, cast, refused, vote
from tests.portal.visitor import text_of, visitor
from tests.support.world import SHIPPED, World


@pytest.fixture
def file(world: World) -> Dossier:
    return before_the_panel(world)


def plan(world: World, *files: Dossier, members: int = 3, **more: Any) -> Plan:
    values: dict[str, Any] = {
        "title_ar": "جلسة الثلاثاء",
        "title_en": "Tuesday",
        "place": "القاعة ٢",
        "starts_at": timezone.now(),
        "schemes": ["mini"],
        "members": [world.person("panel", number) for number in range(members)],
        "agenda": list(files),
        "sure": DOUBTS,
    }
    return Plan(**{**values, **more})


def called(world: World, *files: Dossier, **more: Any) -> Sitting:
    return call_sitting(plan=plan(world, *files, **more), by=world.person("coordinator"))


def attended(world: World, sitting: Sitting, members: int = 3) -> None:
    stays = {world.person("panel", number).pk: Stay(sitting.starts_at) for number in range(members)}
    note_attendance(sitting=sitting, stays=stays, by=world.person("panel"))


def test_only_those_convened_are_waited_for(world: World, file: Dossier) -> None:
    called(world, file, members=2)
    vote(world, file, "grant", "grant")
    assert sealed_ballots([file]) == {}
    assert refused(cast, file, world.person("panel", 2), "deny") == ["no_seat"]


def test_a_sitting_that_is_over_says_nothing_of_a_later_ballot(world: World, file: Dossier) -> None:
    """As of one on an appeal, which others hear than sat then."""
    sitting = called(world, file, members=1)
    attended(world, sitting, members=1)
    vote(world, file, "grant")
    close_sitting(sitting=sitting, by=world.person("panel"))
    assert refused(cast, file, world.person("panel", 1), "deny") == ["no_seat"]
    world.perform(file, "new_ballot")
    cast(file, world.person("panel", 1), "deny")
    assert sealed_ballots([file]) == {file.pk: 2}


def test_a_cancelled_sitting_convenes_nobody(world: World, file: Dossier) -> None:
    sitting = called(world, file, members=2)
    cancel_sitting(sitting=sitting, reason="عطلة", by=world.person("coordinator"))
    vote(world, file, "grant", "grant")
    assert sealed_ballots([file]) == {file.pk: 1}


def test_the_quorum_is_counted_without_who_is_barred_or_recused(world: World, file: Dossier) -> None:
    sitting = called(world, file)
    attended(world, sitting)
    assert before_the_sitting(sitting, [file])[file.pk].enough
    join(organisation=file.organisation, user=world.person("panel", 1), by=SYSTEM)
    recuse(dossier=file, reason="قريب", by=world.person("panel", 2))
    before = before_the_sitting(sitting, [file])[file.pk]
    assert before.barred == {world.person("panel", 1).pk}
    assert before.recused == {world.person("panel", 2).pk}
    assert (len(before.present), before.quorum, before.enough) == (1, 2, False)


def test_what_is_unusual_about_a_plan_is_confirmed(world: World, file: Dossier) -> None:
    called(world, file)
    friday = datetime(2030, 11, 22, 9, tzinfo=UTC)
    coordinator = world.person("coordinator")
    odd: dict[str, Any] = {"sure": (), "schemes": [SHIPPED], "starts_at": friday}
    assert refused(call_sitting, plan=plan(world, **odd), by=coordinator) == [
        "sitting_on_day_off",
        "sitting_without_agenda",
    ]
    assert refused(call_sitting, plan=plan(world, file, sure=()), by=coordinator) == ["members_sit_elsewhere"]
    sitting = call_sitting(plan=plan(world, **{**odd, "sure": DOUBTS}), by=coordinator)
    assert Event.objects.get(stream=sitting.pk).data["sure"] == sorted(DOUBTS)
    again = plan(world, members=2, **odd)  # what was confirmed and is not changed is not asked again
    change_sitting(sitting=sitting, plan=again, seen=sitting.seq, by=coordinator)


def test_attendance_is_noted_from_the_day_on_and_corrected_with_a_reason(world: World, file: Dossier) -> None:
    chair = world.person("panel")
    ahead = called(world, file, starts_at=timezone.now() + timedelta(days=2))
    stays = {chair.pk: Stay(ahead.starts_at)}
    assert refused(note_attendance, sitting=ahead, stays=stays, by=chair) == ["sitting_to_come"]
    sitting = called(world, file)
    attended(world, sitting, members=2)
    assert refused(note_attendance, sitting=sitting, stays={}, by=chair) == ["attendance_unexplained"]
    note_attendance(sitting=sitting, stays={}, by=chair, reason="سُجل الحضور خطأ")
    assert Event.objects.filter(stream=sitting.pk, kind="attendance_noted").count() == 2
    assert "سُجل الحضور خطأ" in text_of(visitor(chair).get(f"/sittings/{sitting.pk}/"))
    assert list(verify_all()) == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"title_en": " "}, "sitting_untitled"),
        ({"place": ""}, "sitting_nowhere"),
        ({"starts_at": None}, "sitting_without_time"),
        ({"starts_at": datetime(2025, 11, 24, 9, 30, tzinfo=UTC)}, "sitting_in_the_past"),
        ({"members": 0}, "sitting_without_members"),
        ({"title_ar": "ط" * 201}, "line_too_long"),
    ],
)
def test_a_plan_that_lacks_something_is_refused(
    world: World, file: Dossier, wrong: dict[str, Any], code: str
) -> None:
    assert code in refused(call_sitting, plan=plan(world, file, **wrong), by=world.person("coordinator"))
    assert not Sitting.objects.exists()


def test_only_coordinators_call_and_only_members_of_panels_are_convened(world: World, file: Dossier) -> None:
    assert refused(call_sitting, plan=plan(world, file), by=world.person("panel")) == ["not_your_role"]
    with_stranger = Plan(**{**plan(world, file).__dict__, "members": [world.stranger]})
    assert refused(call_sitting, plan=with_stranger, by=world.person("coordinator")) == ["not_of_the_panel"]


def test_what_somebody_else_changed_is_not_written_over(world: World, file: Dossier) -> None:
    sitting = called(world, file)
    coordinator = world.person("coordinator")
    seen = sitting.seq
    change_sitting(sitting=sitting, plan=plan(world, file, members=2), seen=seen, by=coordinator)
    assert refused(change_sitting, sitting=sitting, plan=plan(world), seen=seen, by=coordinator) == [
        "sitting_changed"
    ]
    assert sitting.convened.count() == 2


def test_a_sitting_is_closed_once_somebody_came_and_the_vote_is_over(world: World, file: Dossier) -> None:
    sitting = called(world, file)
    chair = world.person("panel")
    assert refused(close_sitting, sitting=sitting, by=chair) == ["nobody_noted"]
    attended(world, sitting)
    assert refused(close_sitting, sitting=sitting, by=chair) == ["ballots_running"]
    vote(world, file, "grant", "deny")
    with pytest.raises(Refused, match=file.number):
        close_sitting(sitting=sitting, by=chair)
    cast(file, world.person("panel", 2), "grant")
    close_sitting(sitting=sitting, by=chair)
    (item,) = Event.objects.get(stream=sitting.pk, kind="sitting_closed").data["items"]
    assert (item["dossier"], len(item["present"]), item["ballot"]) == (str(file.pk), 3, 1)
    assert refused(close_sitting, sitting=sitting, by=chair) == ["sitting_over"]


def test_what_was_put_off_in_the_minutes_is_voted_on_by_others_and_not_in_these(
    world: World, file: Dossier
) -> None:
    sitting = called(world, file, members=2)
    attended(world, sitting, members=2)
    write_minutes(sitting=sitting, dossier=file, text="أجل", seen=None, by=world.person("panel"))
    close_sitting(sitting=sitting, by=world.person("panel"))
    (item,) = Event.objects.get(stream=sitting.pk, kind="sitting_closed").data["items"]
    assert item["ballot"] == 0
    cast(file, world.person("panel", 2), "grant")  # who was not convened to the one that put it off
    assert sealed_ballots([file]) == {file.pk: 1}
    page = text_of(visitor(world.person("coordinator")).get(f"/sittings/{sitting.pk}/"))
    assert "1 of 2" not in page
    assert "Nobody voted on this file at the sitting." in page
    again = called(world, file, members=2)
    attended(world, again, members=2)
    vote(world, file, "grant", "grant")
    close_sitting(sitting=again, by=world.person("panel"))
    assert list(verify_all()) == []


def test_minutes_are_written_by_chair_and_coordinator_and_amended_with_both_kept(
    world: World, file: Dossier
) -> None:
    sitting = called(world, file)
    chair, coordinator = world.person("panel"), world.person("coordinator")
    first = write_minutes(sitting=sitting, dossier=file, text="نوقش", seen=None, by=chair)
    assert refused(write_minutes, sitting=sitting, dossier=file, text="غيره", seen=None, by=coordinator) == [
        "minutes_changed"
    ]
    write_minutes(sitting=sitting, dossier=file, text="نوقش وأجل", seen=first.seq, by=coordinator)
    assert refused(
        write_minutes, sitting=sitting, dossier=file, text="-", seen=None, by=world.person("panel", 1)
    ) == ["not_your_role"]
    assert Event.objects.filter(stream=file.pk, kind="minuted").count() == 2


def test_what_was_typed_of_a_sitting_can_be_erased(world: World, file: Dossier) -> None:
    sitting = called(world, file)
    minute = write_minutes(sitting=sitting, dossier=file, text="نوقش", seen=None, by=world.person("panel"))
    pieces = {(each.stream, each.which["seq"]): each.key for each in pieces_in_file(file.pk)}
    wanted = [pieces[sitting.pk, sitting.seq], pieces[file.pk, minute.seq]]
    erase_in_file(dossier=file, keys=wanted, reason="طلب", basis="القانون", by=world.person("administrator"))
    assert {each.key for each in pieces_in_file(file.pk)}.isdisjoint(wanted)
    assert list(verify_all()) == []


def test_what_happened_is_told_again_and_compared(world: World, file: Dossier) -> None:
    sitting = called(world, file)
    attended(world, sitting, members=2)
    write_minutes(sitting=sitting, dossier=file, text="نوقش", seen=None, by=world.person("panel"))
    vote(world, file, "grant", "grant")
    world.perform(file, "close_ballot")
    close_sitting(sitting=sitting, by=world.person("panel"))
    assert list(verify_all()) == []
    Sitting.objects.filter(pk=sitting.pk).update(starts_at=timezone.now())
    sitting.convened.update(came_at=None)
    assert {each.code for each in verify_all()} == {"sitting"}
