"""Who plays which part for a file, and whose eyes it exists for at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import dossiers_of
from accreditation_engine.dossiers.rules import parts_in_many, require_role, roles_of
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.domain import grant_role, join, leave
from accreditation_engine.organisations.models import Membership, RoleGrant, User
from accreditation_engine.reviews.domain import assign, release
from accreditation_engine.reviews.models import Assignment
from tests.support.world import TINY, World, later

GRANTED = ["coordinator", "panel", "appeal_panel", "coach", "methodologist", "auditor", "administrator"]
READING = ["coordinator", "panel", "appeal_panel", "methodologist", "auditor"]


@pytest.mark.parametrize("role", GRANTED)
def test_a_granted_role_is_played_for_every_file_of_its_scheme(world: World, role: str) -> None:
    file = world.dossier()
    assert roles_of(world.person(role, -1), file) == {role}
    assert roles_of(world.stranger, file) == set()


def test_a_member_is_an_applicant_for_their_own_organisation_only(world: World) -> None:
    own, other = world.dossier(), world.dossier()
    member = world.new_person("member")
    join(organisation=own.organisation, user=member, by=SYSTEM)
    assert roles_of(member, own) == {"applicant"}
    assert roles_of(member, other) == set()


def test_a_reviewer_plays_the_part_for_assigned_files_only(world: World) -> None:
    mine, other = world.dossier("in_review"), world.dossier("screening")
    reviewer = Assignment.objects.filter(dossier=mine)[0].reviewer
    assert roles_of(reviewer, mine) == {"reviewer"}
    assert roles_of(reviewer, other) == set()


def test_a_reviewer_whose_role_has_ended_plays_no_part_in_assigned_files(world: World) -> None:
    file = world.dossier("in_review")
    reviewer = Assignment.objects.filter(dossier=file)[0].reviewer
    RoleGrant.objects.filter(user=reviewer).update(until=timezone.now())
    assert roles_of(reviewer, file) == set()


def test_a_person_can_play_several_parts(world: World) -> None:
    file = world.dossier()
    join(organisation=file.organisation, user=world.person("panel"), by=SYSTEM)
    assert roles_of(world.person("panel"), file) == {"applicant", "panel", "chair"}


def test_parts_in_many_files_are_found_at_once(world: World, django_assert_num_queries: object) -> None:
    files = [world.dossier("in_review"), world.dossier(), world.dossier()]
    reviewer = Assignment.objects.filter(dossier=files[0])[0].reviewer
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = parts_in_many(reviewer, files)
    played = {pk: parts.played for pk, parts in found.items()}
    assert played == {files[0].pk: {"reviewer"}, files[1].pk: set(), files[2].pk: set()}


def test_the_first_role_asked_for_is_given(world: World) -> None:
    file = world.dossier()
    grant_role(user=world.stranger, role="methodologist", by=SYSTEM)
    grant_role(user=world.stranger, role="auditor", by=SYSTEM)
    assert require_role(file, world.stranger, "coordinator", "auditor", "methodologist") == "auditor"
    with pytest.raises(Refused) as refused:
        require_role(file, world.stranger, "coordinator", "reviewer")
    assert refused.value.reasons[0].parameters == {"roles": ["coordinator", "reviewer"]}


def seen(person: User, *roles: str) -> set[Dossier]:
    rows = list(dossiers_of(person, *roles))
    assert len(rows) == len(set(rows)) == dossiers_of(person, *roles).count()
    return set(rows)


@pytest.mark.parametrize("role", READING)
def test_who_reads_a_scheme_sees_its_files_and_no_others(world: World, role: str) -> None:
    world.scheme(TINY)
    files = {world.dossier("screening"), world.dossier("deciding")}
    foreign = world.dossier(scheme="tiny")
    grant_role(user=world.stranger, role=role, by=SYSTEM, scheme="institutional-commitment")
    assert seen(world.stranger) == files
    assert foreign in seen(world.person(role))


@pytest.mark.parametrize("role", ["coach", "administrator"])
def test_who_reads_no_files_sees_none(world: World, role: str) -> None:
    world.dossier()
    assert seen(world.person(role)) == set()


def test_a_stranger_sees_nothing(world: World) -> None:
    world.dossier("certified")
    assert seen(world.stranger) == set()


def test_a_member_sees_the_files_of_their_organisation_until_they_leave(world: World) -> None:
    own, _other = world.dossier("withdrawn"), world.dossier()
    membership = join(organisation=own.organisation, user=world.stranger, by=SYSTEM)
    assert seen(world.stranger) == {own}
    leave(membership=membership, by=SYSTEM)
    assert seen(world.stranger) == set()


def test_a_reviewer_sees_assigned_files_until_they_give_them_back(world: World) -> None:
    file, coordinator = world.dossier("screening"), world.person("coordinator")
    assignment = assign(dossier=file, reviewer=world.person("reviewer", 2), by=coordinator)
    world.dossier("in_review")
    assert seen(world.person("reviewer", 2)) == {file}
    release(assignment=assignment, by=world.person("reviewer", 2), reason="لا وقت لدي")
    assert seen(world.person("reviewer", 2)) == set()


def test_an_ended_or_coming_role_shows_nothing(world: World) -> None:
    world.dossier()
    grant_role(user=world.stranger, role="panel", by=SYSTEM, until=timezone.now() + timedelta(days=1))
    assert len(seen(world.stranger)) == 1
    with later(days=2):
        assert seen(world.stranger) == set()
    RoleGrant.objects.filter(user=world.stranger).update(since=timezone.now() + timedelta(days=3), until=None)
    assert seen(world.stranger) == set()


def test_an_inactive_person_sees_nothing(world: World) -> None:
    world.dossier()
    User.objects.filter(pk__in=[world.applicant.pk, world.person("panel").pk]).update(is_active=False)
    assert seen(world.applicant) == seen(world.person("panel")) == set()


def test_what_is_seen_in_a_role_is_limited_to_it(world: World) -> None:
    own, other = world.dossier(), world.dossier()
    panel = world.person("panel")
    join(organisation=own.organisation, user=panel, by=SYSTEM)
    assert seen(panel, "applicant") == {own}
    assert seen(panel, "panel") == {other}, "an interest closes the part"
    assert seen(panel) == {own, other}
    assert Membership.objects.filter(user=panel).count() == 1
