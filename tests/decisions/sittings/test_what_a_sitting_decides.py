"""A sitting decides by the ballot for which a file was on its agenda: what was decided stays its own, and what
comes after an appeal is somebody else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from accreditation_engine.decisions.models import Sitting, Vote
from accreditation_engine.decisions.recusing import recuse
from accreditation_engine.decisions.sittings.attending import Stay, note_attendance
from accreditation_engine.decisions.sittings.ending import cancel_sitting, close_sitting
from accreditation_engine.decisions.sittings.minuting import write_minutes
from accreditation_engine.decisions.sittings.plan import Plan
from accreditation_engine.decisions.sittings.planning import call_sitting, change_sitting
from accreditation_engine.decisions.sittings.standing import Before, before_the_sitting, settled_in
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import parts_in
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import grant_role
from accreditation_engine.organisations.models import User
from tests.decisions.secret import refused
from tests.portal.visitor import page_of, text_of, visitor
from tests.support.world import SHIPPED, World

from .test_sittings import plan

DAY = timedelta(days=1)


@pytest.fixture
def file(world: World) -> Dossier:
    return world.dossier("deciding")


def shipped_plan(world: World, *files: Dossier, members: Sequence[User] = ()) -> Plan:
    """With the three of the panel where no members are named."""
    asked = replace(plan(world, *files), schemes=[SHIPPED])
    return replace(asked, members=members) if members else asked


def called(world: World, file: Dossier, role: str = "panel", members: int = 3) -> Sitting:
    people = [world.person(role, number) for number in range(members)]
    return call_sitting(plan=shipped_plan(world, file, members=people), by=world.person("coordinator"))


def came(world: World, sitting: Sitting, *members: User) -> None:
    stays = {each.pk: Stay(sitting.starts_at) for each in members}
    note_attendance(sitting=sitting, stays=stays, by=world.person("coordinator"))


def vote(world: World, file: Dossier, role: str, *choices: str) -> list[User]:
    """Each choice by another member; gives the members."""
    step = "vote" if role == "panel" else "vote_on_appeal"
    members = [world.person(role, number) for number in range(len(choices))]
    for member, choice in zip(members, choices, strict=True):
        perform(file, step, member, data={"choice": choice})
    return members


def refuse_and_appeal(world: World, file: Dossier) -> None:
    for step in ("refuse", "announce_refusal", "appeal"):
        world.perform(file, step)


def before(sitting: Sitting, file: Dossier) -> Before:
    return before_the_sitting(sitting, [Dossier.objects.get(pk=file.pk)])[file.pk]


def test_what_was_decided_stays_in_the_minutes_when_an_appeal_is_filed_before_the_sitting_is_closed(
    world: World, file: Dossier
) -> None:
    sitting = called(world, file)
    members = vote(world, file, "panel", "refuse", "refuse", "certify")
    came(world, sitting, *members)
    then = before(sitting, file)
    assert (len(then.present), then.quorum, then.ballot) == (3, 3, 1)
    refuse_and_appeal(world, file)
    assert before(sitting, file) == then
    page = text_of(visitor(world.person("coordinator")).get(f"/sittings/{sitting.pk}/"))
    assert "Refuse: 2" in page
    close_sitting(sitting=sitting, by=members[0])
    assert "Refuse: 2" in text_of(visitor(world.person("coordinator")).get(f"/sittings/{sitting.pk}/"))
    assert list(verify_all()) == []


def test_an_appeal_is_voted_on_though_the_sitting_that_refused_is_not_closed(
    world: World, file: Dossier
) -> None:
    called(world, file)
    vote(world, file, "panel", "refuse", "refuse", "certify")
    refuse_and_appeal(world, file)
    vote(world, file, "appeal_panel", "uphold", "uphold")
    assert world.perform(file, "uphold").data["judged"]["ballot"] == 2


def test_whoever_decided_is_not_convened_to_hear_the_appeal_and_steps_aside_where_they_are(
    world: World, file: Dossier
) -> None:
    deciders = vote(world, file, "panel", "refuse", "refuse", "certify")
    grant_role(user=deciders[1], role="appeal_panel", by=world.person("administrator"))
    refuse_and_appeal(world, file)
    other, coordinator = world.dossier("deciding"), world.person("coordinator")
    hearing = [world.person("appeal_panel"), *deciders]
    with pytest.raises(Refused, match=deciders[1].name):
        call_sitting(plan=shipped_plan(world, file, members=hearing), by=coordinator)
    sitting = call_sitting(plan=shipped_plan(world, other, members=hearing), by=coordinator)
    later_on = shipped_plan(world, other, file, members=hearing)
    change_sitting(sitting=sitting, plan=later_on, seen=sitting.seq, by=coordinator)
    assert before(sitting, file).involved == {each.pk for each in deciders}
    address = f"/sittings/{sitting.pk}/"
    for member in deciders[:2]:  # the chair, and one who hears other appeals
        page = text_of(visitor(member).get(address))
        assert page.count("you step aside while it is heard") == 1
        assert page.count(file.organisation.name_en) == 1  # of the other file
    assert visitor(deciders[0]).get(f"{address}minutes/{file.pk}/").status_code == 404
    minutes: dict[str, Any] = {"sitting": sitting, "dossier": file, "text": "نوقش", "seen": None}
    assert refused(write_minutes, **minutes, by=deciders[0]) == ["had_a_hand"]
    assert "appeal_panel" not in parts_in(deciders[1], file).open
    assert "step aside" not in text_of(visitor(world.person("appeal_panel")).get(address))


def test_what_an_upheld_appeal_brings_back_is_not_left_to_those_who_heard_it(
    world: World, file: Dossier
) -> None:
    called(world, file)
    vote(world, file, "panel", "refuse", "refuse", "certify")
    refuse_and_appeal(world, file)
    hearing = called(world, file, "appeal_panel", members=2)
    vote(world, file, "appeal_panel", "uphold", "uphold")
    world.perform(file, "uphold")
    assert before(hearing, file).ballot == 2
    vote(world, file, "panel", "certify", "certify", "certify")
    world.perform(file, "certify")
    assert file.state == "certificate_decided"
    assert before(hearing, file).ballot == 2


def test_a_vote_anew_is_still_of_the_sitting(world: World, file: Dossier) -> None:
    sitting = called(world, file, members=3)
    vote(world, file, "panel", "refuse", "certify", "abstain")
    world.perform(file, "new_ballot")
    assert before(sitting, file).ballot == 2
    assert len(before(sitting, file).able) == 3


def test_a_sitting_is_planned_otherwise_when_some_of_its_files_are_decided(
    world: World, file: Dossier
) -> None:
    other = world.dossier("deciding")
    coordinator = world.person("coordinator")
    sitting = call_sitting(plan=shipped_plan(world, file, other), by=coordinator)
    vote(world, file, "panel", "certify", "certify", "refuse")
    for step in ("certify", "announce_certificate"):
        world.perform(file, step)
    assert settled_in(sitting) == [file]
    turned = shipped_plan(world, other, file)
    change_sitting(sitting=sitting, plan=turned, seen=sitting.seq, by=coordinator)
    assert [each.dossier_id for each in sitting.agenda.order_by("place")] == [other.pk, file.pk]
    gone = shipped_plan(world, other)
    assert refused(change_sitting, sitting=sitting, plan=gone, seen=sitting.seq, by=coordinator) == [
        "settled_here"
    ]
    assert list(verify_all()) == []


def test_what_is_written_down_of_stays_on_the_agenda(world: World, file: Dossier) -> None:
    sitting, coordinator = called(world, file), world.person("coordinator")
    write_minutes(sitting=sitting, dossier=file, text="نوقش", seen=None, by=coordinator)
    without = shipped_plan(world)
    assert refused(change_sitting, sitting=sitting, plan=without, seen=sitting.seq, by=coordinator) == [
        "settled_here"
    ]


def test_whoever_is_not_noted_as_present_does_not_vote_while_the_sitting_goes_on(
    world: World, file: Dossier
) -> None:
    sitting = called(world, file)
    one, other, away = (world.person("panel", number) for number in range(3))
    perform(file, "vote", one, data={"choice": "certify"})  # ahead of the sitting
    came(world, sitting, one, other)
    perform(file, "vote", other, data={"choice": "certify"})
    assert refused(perform, file, "vote", away, data={"choice": "certify"}) == ["not_noted_as_present"]
    came(world, sitting, one, other, away)
    perform(file, "vote", away, data={"choice": "certify"})
    assert Vote.objects.filter(ballot__dossier=file).count() == 3


def test_whoever_was_away_does_not_vote_once_the_sitting_is_over(world: World, file: Dossier) -> None:
    sitting = called(world, file)
    one, other, away = (world.person("panel", number) for number in range(3))
    came(world, sitting, one, other)
    vote(world, file, "panel", "certify", "certify")
    assert refused(close_sitting, sitting=sitting, by=one) == ["ballots_running"]
    world.perform(file, "close_ballot", comment="غاب عضو")
    close_sitting(sitting=sitting, by=one)
    assert refused(perform, file, "vote", away, data={"choice": "certify"}) == ["ballot_closed"]


def test_whoever_came_voted_or_stepped_aside_stays_convened_and_the_time_stays(
    world: World, file: Dossier
) -> None:
    sitting, coordinator = called(world, file), world.person("coordinator")
    one, other, third = (world.person("panel", number) for number in range(3))
    perform(file, "vote", one, data={"choice": "certify"})
    without = shipped_plan(world, file, members=[third])
    seen: dict[str, Any] = {"sitting": sitting, "seen": sitting.seq, "by": coordinator}
    assert refused(change_sitting, plan=without, **seen) == ["members_acted"]
    recuse(dossier=file, reason="قريب", by=other)
    came(world, sitting, one)
    later_day = replace(shipped_plan(world, file, members=[one, other]), starts_at=sitting.starts_at + DAY)
    assert refused(change_sitting, plan=later_day, **seen) == ["sitting_has_begun"]
    same = replace(later_day, starts_at=sitting.starts_at, members=[one])
    assert refused(change_sitting, plan=same, **seen) == ["members_acted"]
    assert refused(cancel_sitting, sitting=sitting, reason="عطلة", by=coordinator) == ["sitting_took_place"]


def test_the_panel_that_decides_anew_reads_why_it_refused_and_why_the_appeal_was_upheld(
    world: World, file: Dossier
) -> None:
    members = vote(world, file, "panel", "refuse", "refuse", "certify")
    perform(file, "refuse", members[0], comment="الشواهد ناقصة")
    for step in ("announce_refusal", "appeal"):
        world.perform(file, step)
    hearing = vote(world, file, "appeal_panel", "uphold", "uphold")
    perform(file, "uphold", hearing[0], comment="الشواهد كانت في الملف")
    page = text_of(visitor(members[1]).get(page_of(file)))
    assert "Decided before" in page
    assert "الشواهد ناقصة" in page
    assert "الشواهد كانت في الملف" in page
    assert "الشواهد ناقصة" not in text_of(visitor(world.person("reviewer")).get(page_of(file)))


def test_a_sitting_goes_on_telling_what_it_decided_while_it_is_decided_anew(
    world: World, file: Dossier
) -> None:
    sitting = called(world, file)
    members = vote(world, file, "panel", "refuse", "refuse", "certify")
    came(world, sitting, *members)
    refuse_and_appeal(world, file)
    vote(world, file, "appeal_panel", "uphold", "uphold")
    world.perform(file, "uphold")
    page = text_of(visitor(world.person("coordinator")).get(f"/sittings/{sitting.pk}/"))
    assert "Decision: Refuse" in page or "Refuse the certificate" in page, page
