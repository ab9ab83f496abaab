"""Votes that are secret until all are in: what is refused meanwhile, who is waited for, and what ends it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from accreditation_engine.decisions.models import Closing, Recusal
from accreditation_engine.decisions.recusing import recuse
from accreditation_engine.decisions.sealing import WHO_VOTED, awaited_in, sealed_ballots, votes_of
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.options import options
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.engine.visibility import visible
from accreditation_engine.organisations.domain import end_role, grant_role, join
from accreditation_engine.organisations.models import RoleGrant
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.protection import lifted
from tests.decisions.secret import CLOSE, SECRET, before_the_panel, cast, choices, refused, vote
from tests.support.small import RUBRIC
from tests.support.world import World, at_once, changed, read
from tests.trail.forging import execute


@pytest.fixture
def file(world: World) -> Dossier:
    return before_the_panel(world)


def against(file: Dossier, world: World, step: str, number: int = 0) -> list[tuple[str, Any]]:
    """Why a member may not take the step, as pages tell it."""
    offered = {each.name: each.reasons for each in options(file, world.person("panel", number))}
    return [(each.code, dict(each.parameters)) for each in offered[step]]


def test_nothing_tells_how_votes_stand_before_all_are_in(world: World, file: Dossier) -> None:
    """Whatever the first two voted, everybody reads the same: 2 votes are in, 1 is missing."""
    seen = []
    for first, second in (("grant", "grant"), ("deny", "deny"), ("abstain", "grant")):
        other = before_the_panel(world)
        vote(world, other, first, second)
        seen.append([against(other, world, step, number) for step in ("grant", "deny") for number in (0, 2)])
        assert refused(perform, other, "grant", world.person("panel")) == ["ballot_running"]
        assert refused(perform, other, "deny", world.person("panel")) == ["ballot_running"]
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][0] == [("ballot_running", {"cast": 2, "missing": 1})]


def test_the_last_vote_opens_them(world: World, file: Dossier) -> None:
    member = vote(world, file, "grant", "grant", "deny")[0]
    assert sealed_ballots([file]) == {}
    perform(file, "grant", member)
    assert file.state == "granted"


def test_whoever_sees_votes_sees_who_has_voted_meanwhile(world: World, file: Dossier) -> None:
    cast(file, world.person("panel"), "grant")
    for role in ("panel", "coordinator", "auditor"):
        things = visible(file, {role})
        assert "votes" not in things
        assert WHO_VOTED in things
    assert WHO_VOTED not in visible(file, {"applicant"})
    assert [each.pk for each in awaited_in(file)] == sorted(
        (world.person("panel", number).pk for number in (1, 2)), key=lambda pk: _name(world, pk)
    )


def _name(world: World, pk: Any) -> str:
    return next(each.name for each in world.cast.playing("panel") if each.pk == pk)


def test_votes_of_earlier_ballots_stay_open(world: World, file: Dossier) -> None:
    vote(world, file, "grant", "deny", "deny")
    world.perform(file, "new_ballot")
    assert votes_of(1) in visible(file, {"auditor"})
    assert votes_of(2) not in visible(file, {"auditor"})


def test_a_ballot_is_not_opened_anew_while_some_votes_are_in(world: World, file: Dossier) -> None:
    vote(world, file, "grant", "deny")
    assert refused(world.perform, file, "new_ballot") == ["ballot_running"]


def test_the_chair_closes_a_ballot_that_somebody_keeps_open(world: World, file: Dossier) -> None:
    members = vote(world, file, "grant", "grant")
    event = world.perform(file, "close_ballot")
    assert event.role == "chair"
    assert Closing.objects.get().seq == event.seq
    assert refused(cast, file, world.person("panel", 2), "deny") == ["ballot_closed"]
    perform(file, "grant", members[0])


def test_only_a_ballot_in_which_somebody_has_voted_and_somebody_has_not_is_closed(
    world: World, file: Dossier
) -> None:
    assert refused(world.perform, file, "close_ballot") == ["nobody_voted"]
    vote(world, file, "grant", "grant", "deny")
    assert refused(world.perform, file, "close_ballot") == ["all_have_voted"]
    other = before_the_panel(world)
    vote(world, other, "grant")
    world.perform(other, "close_ballot")
    assert refused(world.perform, other, "close_ballot") == ["ballot_closed"]


def test_a_new_ballot_is_secret_again_when_the_one_before_was_closed(world: World, file: Dossier) -> None:
    vote(world, file, "grant", "deny")
    world.perform(file, "close_ballot")
    world.perform(file, "new_ballot")
    cast(file, world.person("panel"), "deny")
    assert sealed_ballots([file]) == {file.pk: 2}


def test_nobody_waits_for_somebody_with_an_interest(world: World, file: Dossier) -> None:
    join(organisation=file.organisation, user=world.person("panel", 2), by=SYSTEM)
    members = vote(world, file, "grant", "grant")
    perform(file, "grant", members[0])


def test_nobody_waits_for_somebody_who_reviewed_the_file(world: World) -> None:
    reviewer = world.person("reviewer")
    grant_role(user=reviewer, role="panel", by=SYSTEM)
    file = before_the_panel(world)
    members = vote(world, file, "grant", "grant", "grant")
    assert "involved" in refused(cast, file, reviewer, "deny")
    perform(file, "grant", members[0])


def test_nobody_waits_for_somebody_who_joined_the_panel_later(world: World, file: Dossier) -> None:
    late = world.new_person("late", "panel")
    members = vote(world, file, "grant", "grant", "deny")
    assert refused(cast, file, late, "deny") == ["no_seat"]
    perform(file, "grant", members[0])


def test_nobody_waits_for_somebody_who_left_the_panel(world: World, file: Dossier) -> None:
    grant = RoleGrant.objects.get(user=world.person("panel", 2), role="panel")
    end_role(grant=grant, by=SYSTEM, reason="انتقل")
    members = vote(world, file, "grant", "grant")
    perform(file, "grant", members[0])


def test_whoever_steps_aside_is_not_waited_for_and_sees_no_more(world: World, file: Dossier) -> None:
    members = vote(world, file, "grant", "grant")
    third = world.person("panel", 2)
    recuse(dossier=file, reason="زميل سابق", by=third)
    event = Event.objects.get(stream=file.pk, kind="recused")
    assert (event.actor, event.role, Recusal.objects.get().seq) == (third.pk, "panel", event.seq)
    assert refused(cast, file, third, "deny") == ["recused"]
    assert sealed_ballots([file]) == {}
    perform(file, "grant", members[0])


def test_stepping_aside_is_refused_once_one_has_voted(world: World, file: Dossier) -> None:
    (member,) = vote(world, file, "grant")
    assert refused(recuse, dossier=file, reason="زميل سابق", by=member) == ["recusal_after_vote"]
    assert refused(recuse, dossier=file, reason=" ", by=world.person("panel", 1)) == ["recusal_unexplained"]
    assert refused(recuse, dossier=file, reason="-", by=world.person("coordinator")) == ["not_your_role"]
    kinds = Event.objects.filter(stream=file.pk, kind="refused")
    assert [each.data["act"] for each in kinds] == ["recuse"] * 3
    assert not Recusal.objects.exists()


def test_a_vote_that_is_secret_cannot_be_guessed_from_its_hash(world: World, file: Dossier) -> None:
    salts = {cast(file, world.person("panel", number), "grant").data["judged"]["salt"] for number in (0, 1)}
    assert {len(each) for each in salts} == {32}
    assert len(salts) == 2


@pytest.mark.parametrize("closed", [False, True])
def test_a_vote_that_was_changed_past_the_trail_is_found_before_and_after_closing(
    world: World, file: Dossier, closed: bool
) -> None:
    event = cast(file, world.person("panel"), "deny")
    if closed:
        world.perform(file, "close_ballot")
    assert list(verify_all()) == []
    with lifted(connection):
        execute("UPDATE decisions_vote SET choice = 'grant'")
    (problem,) = [each for each in verify_all() if each.code == "vote"]
    assert (problem.stream, problem.seq) == (file.pk, event.seq)


def test_voting_twice_and_late_is_refused_in_words_and_written_down(world: World, file: Dossier) -> None:
    member = world.person("panel")
    cast(file, member, "grant")
    assert refused(cast, file, member, "deny") == ["voted_already"]
    assert choices(file) == ["grant"]
    assert Event.objects.filter(stream=file.pk, kind="refused", actor=member.pk).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_last_votes_at_once_are_both_in_and_open(world: World) -> None:
    file = before_the_panel(world)
    cast(file, world.person("panel"), "grant")

    def last(number: int) -> Event:
        return cast(Dossier.objects.get(pk=file.pk), world.person("panel", number), "grant")

    outcomes = at_once(lambda: last(1), lambda: last(2))
    assert {type(each) for each in outcomes} == {Event}
    assert sealed_ballots([file]) == {}
    perform(Dossier.objects.get(pk=file.pk), "grant", world.person("panel"))


@pytest.mark.django_db(transaction=True)
def test_a_vote_and_the_end_of_its_ballot_at_once_leave_one_of_two_orders(world: World) -> None:
    file = before_the_panel(world)
    vote(world, file, "grant")

    def close() -> Event:
        return world.perform(Dossier.objects.get(pk=file.pk), "close_ballot")

    def late() -> Event:
        return cast(Dossier.objects.get(pk=file.pk), world.person("panel", 1), "deny")

    closed, voted = at_once(close, late)
    assert isinstance(closed, Event)
    if isinstance(voted, Refused):
        assert [each.code for each in voted.reasons] == ["ballot_closed"]
        assert choices(file) == ["grant"]
    else:
        assert voted.seq < closed.seq
        assert choices(file) == ["grant", "deny"]


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        (CLOSE, "  vote:\n", "no step ends a ballot in which somebody does not vote"),
        ("requires: [ballot_running]", "requires: []", "closes a ballot that nothing has checked"),
        ("casting: chair", "casting: chairman", "unknown role 'chairman'"),
        (
            "share: 1/2, casting: chair",
            "share: 2/3, casting: chair",
            "a casting vote decides where votes are",
        ),
        ("secret: true", 'secret: "yes"', "secret"),
    ],
)
def test_what_cannot_work_is_named_when_the_workflow_is_read(old: str, new: str, named: str) -> None:
    with pytest.raises(AssertionError, match=named):
        read(changed(SECRET, (old, new)), RUBRIC)
