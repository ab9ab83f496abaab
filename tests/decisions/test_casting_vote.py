"""The chair's casting vote, and who may chair."""

from __future__ import annotations

import pytest

from accreditation_engine.decisions.dissenting import dissent
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.perform import perform
from accreditation_engine.organisations.domain import end_role, grant_role
from accreditation_engine.organisations.models import RoleGrant
from accreditation_engine.trail.models import Event
from tests.decisions.secret import before_the_panel, cast, refused, vote
from tests.support.world import World


@pytest.fixture
def file(world: World) -> Dossier:
    return before_the_panel(world)


def test_votes_that_are_equal_are_decided_by_the_chair(world: World, file: Dossier) -> None:
    members = vote(world, file, "deny", "grant", "abstain")  # the first one chairs
    assert refused(perform, file, "grant", members[0]) == ["votes_short"]
    event = perform(file, "deny", members[1])
    assert event.data["judged"]["casting"] == "deny"


def test_votes_that_are_equal_carry_nothing_against_the_chair(world: World, file: Dossier) -> None:
    members = vote(world, file, "grant", "deny", "abstain")
    assert refused(perform, file, "deny", members[1]) == ["tied"]


def test_votes_that_are_equal_carry_nothing_without_a_chair(world: World, file: Dossier) -> None:
    end_role(grant=RoleGrant.objects.get(role="chair"), by=SYSTEM, reason="استقال")
    members = vote(world, file, "deny", "grant", "abstain")
    assert refused(perform, file, "deny", members[0]) == ["tied"]


def test_a_majority_needs_no_chair(world: World, file: Dossier) -> None:
    members = vote(world, file, "grant", "deny", "deny")
    event = perform(file, "deny", members[0])
    assert "casting" not in event.data["judged"]


def test_whoever_chairs_is_of_a_panel(world: World) -> None:
    assert refused(grant_role, user=world.stranger, role="chair", by=SYSTEM) == ["chair_of_no_panel"]
    grant_role(user=world.stranger, role="panel", by=SYSTEM, scheme="mini")
    assert refused(grant_role, user=world.stranger, role="chair", by=SYSTEM) == ["chair_of_no_panel"]
    grant_role(user=world.stranger, role="chair", by=SYSTEM, scheme="mini")


def test_who_was_outvoted_dissents_before_and_after_the_decision(world: World, file: Dossier) -> None:
    first, second, third = vote(world, file, "grant", "grant", "deny")
    dissent(dossier=file, reason="الشواهد ناقصة", by=third)
    event = Event.objects.get(stream=file.pk, kind="dissented")
    assert (event.actor, event.data) == (third.pk, {"ballot": 1})
    assert refused(dissent, dossier=file, reason="-", by=third) == ["dissented_already"]
    perform(file, "grant", first)
    assert refused(dissent, dossier=file, reason="-", by=second) == ["dissent_from_nothing"]


def test_nobody_dissents_before_votes_are_open(world: World, file: Dossier) -> None:
    member = world.person("panel")
    cast(file, member, "deny")
    assert refused(dissent, dossier=file, reason="-", by=member) == ["dissent_too_early"]
    assert refused(dissent, dossier=file, reason="-", by=world.person("panel", 1)) == ["dissent_without_vote"]
