"""Roles and memberships: when they hold, and that each is an event."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import roles_of
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.domain import end_role, grant_role, join, leave
from accreditation_engine.organisations.models import Membership, RoleGrant, User
from accreditation_engine.organisations.roles import GRANTED, granted_people
from accreditation_engine.trail.models import Event
from tests.support.world import SHIPPED, TINY, World, at_once, later


@pytest.fixture
def file(world: World) -> Dossier:
    return world.dossier()


def kinds(user: User) -> list[str]:
    """Of what happened since the account was opened."""
    events = Event.objects.filter(stream=user.pk, seq__gt=1).order_by("seq")
    return list(events.values_list("kind", flat=True))


@pytest.mark.parametrize("scheme", ["", SHIPPED])
def test_a_role_is_played_under_its_scheme_and_under_all_when_none_is_named(
    world: World, file: Dossier, scheme: str
) -> None:
    grant_role(user=world.stranger, role="coordinator", by=SYSTEM, scheme=scheme)
    assert roles_of(world.stranger, file) == {"coordinator"}
    assert world.stranger in granted_people("coordinator", SHIPPED)


def test_a_role_for_another_scheme_is_not_played(world: World, file: Dossier) -> None:
    grant_role(user=world.stranger, role="panel", by=SYSTEM, scheme="tiny")
    assert roles_of(world.stranger, file) == set()
    assert world.stranger not in granted_people("panel", SHIPPED)
    world.scheme(TINY)
    assert roles_of(world.stranger, world.dossier(scheme="tiny")) == {"panel"}


def test_a_role_ends_on_its_end_date(world: World, file: Dossier) -> None:
    until = timezone.now() + timedelta(days=30)
    grant_role(user=world.stranger, role="panel", by=SYSTEM, until=until)
    with later(days=29):
        assert roles_of(world.stranger, file) == {"panel"}
    with later(days=31):
        assert roles_of(world.stranger, file) == set()
        assert world.stranger not in granted_people("panel", SHIPPED)


def test_a_role_that_begins_later_is_not_played_yet(world: World, file: Dossier) -> None:
    begins = timezone.now() + timedelta(days=2)
    RoleGrant.objects.create(user=world.stranger, role="panel", since=begins)
    assert roles_of(world.stranger, file) == set()
    with later(days=3):
        assert roles_of(world.stranger, file) == {"panel"}


def test_an_inactive_person_plays_nothing(world: World, file: Dossier) -> None:
    grant_role(user=world.stranger, role="auditor", by=SYSTEM)
    join(organisation=file.organisation, user=world.stranger, by=SYSTEM)
    User.objects.filter(pk=world.stranger.pk).update(is_active=False)
    assert roles_of(world.stranger, file) == set()
    assert world.stranger not in granted_people("auditor", SHIPPED)


def test_a_role_ended_by_hand_ends_at_once_and_stays_on_record(world: World, file: Dossier) -> None:
    grant = grant_role(user=world.stranger, role="panel", by=SYSTEM)
    end_role(grant=grant, by=world.person("administrator"), reason="انتهى التكليف")
    assert roles_of(world.stranger, file) == set()
    assert kinds(world.stranger) == ["role_granted", "role_ended"]
    assert RoleGrant.objects.filter(user=world.stranger).count() == 1


def test_ending_a_role_twice_does_not_prolong_it(world: World) -> None:
    grant = grant_role(user=world.stranger, role="panel", by=SYSTEM)
    stale = RoleGrant.objects.get(pk=grant.pk)
    end_role(grant=grant, by=SYSTEM, reason="-")
    ended = RoleGrant.objects.get(pk=grant.pk).until
    with later(days=10):
        end_role(grant=stale, by=SYSTEM, reason="-")
    assert RoleGrant.objects.get(pk=grant.pk).until == ended
    assert kinds(world.stranger) == ["role_granted", "role_ended"]


@pytest.mark.parametrize("reason", ["", "\u200b\u3164"])
def test_a_role_is_not_ended_without_a_reason(world: World, reason: str) -> None:
    grant = grant_role(user=world.stranger, role="panel", by=SYSTEM)
    with pytest.raises(Refused) as refused:
        end_role(grant=grant, by=SYSTEM, reason=reason)
    assert [each.code for each in refused.value.reasons] == ["comment_missing"]
    assert kinds(world.stranger) == ["role_granted"]


def test_a_grant_is_an_event_in_the_persons_stream(world: World) -> None:
    administrator, until = world.person("administrator"), timezone.now() + timedelta(days=365)
    grant_role(user=world.stranger, role="reviewer", by=administrator, scheme=SHIPPED, until=until)
    event = Event.objects.get(stream=world.stranger.pk, seq=2)
    assert (event.kind, event.actor) == ("role_granted", administrator.pk)
    assert event.data == {"role": "reviewer", "scheme": SHIPPED, "until": until.isoformat()}


def test_a_grant_that_holds_already_is_given_back(world: World) -> None:
    first = grant_role(user=world.stranger, role="reviewer", by=SYSTEM)
    assert grant_role(user=world.stranger, role="reviewer", by=SYSTEM) == first
    assert kinds(world.stranger) == ["role_granted"]


def test_a_grant_that_ends_later_than_asked_is_given_back(world: World) -> None:
    first = grant_role(user=world.stranger, role="reviewer", by=SYSTEM)
    sooner = timezone.now() + timedelta(days=5)
    assert grant_role(user=world.stranger, role="reviewer", by=SYSTEM, until=sooner) == first


def test_a_grant_that_ends_sooner_is_prolonged_by_a_new_one(world: World, file: Dossier) -> None:
    grant_role(user=world.stranger, role="panel", by=SYSTEM, until=timezone.now() + timedelta(days=5))
    grant_role(user=world.stranger, role="panel", by=SYSTEM, until=timezone.now() + timedelta(days=50))
    with later(days=40):
        assert roles_of(world.stranger, file) == {"panel"}


@pytest.mark.django_db(transaction=True)
def test_the_same_grant_given_twice_at_once_is_one(world: World) -> None:
    def give() -> RoleGrant:
        return grant_role(user=world.stranger, role="reviewer", by=SYSTEM)

    first, second = at_once(give, give)
    assert first == second
    assert kinds(world.stranger) == ["role_granted"]


def test_a_role_is_not_granted_into_the_past(world: World) -> None:
    with pytest.raises(Refused) as refused:
        grant_role(user=world.stranger, role="panel", by=SYSTEM, until=timezone.now())
    assert [each.code for each in refused.value.reasons] == ["ends_in_the_past"]
    assert kinds(world.stranger) == []


@pytest.mark.parametrize("role", ["applicant", "system", "panell", ""])
def test_only_roles_that_are_granted_are_granted(world: World, role: str) -> None:
    with pytest.raises(Refused) as refused:
        grant_role(user=world.stranger, role=role, by=SYSTEM)
    assert [each.code for each in refused.value.reasons] == ["unknown_role"]
    assert set(refused.value.reasons[0].parameters["roles"]) == set(GRANTED)


def test_a_member_is_an_applicant_until_the_membership_ends(world: World, file: Dossier) -> None:
    membership = join(organisation=file.organisation, user=world.stranger, by=SYSTEM)
    assert roles_of(world.stranger, file) == {"applicant"}
    leave(membership=membership, by=SYSTEM)
    assert roles_of(world.stranger, file) == set()
    assert kinds(world.stranger) == ["joined", "left"]


def test_who_comes_back_has_two_memberships(world: World, file: Dossier) -> None:
    leave(membership=join(organisation=file.organisation, user=world.stranger, by=SYSTEM), by=SYSTEM)
    join(organisation=file.organisation, user=world.stranger, by=SYSTEM)
    assert roles_of(world.stranger, file) == {"applicant"}
    assert kinds(world.stranger) == ["joined", "left", "joined"]


def test_joining_twice_is_one_membership(world: World, file: Dossier) -> None:
    first = join(organisation=file.organisation, user=world.stranger, by=SYSTEM)
    assert join(organisation=file.organisation, user=world.stranger, by=SYSTEM) == first
    assert kinds(world.stranger) == ["joined"]


def test_leaving_twice_is_once(world: World, file: Dossier) -> None:
    membership = join(organisation=file.organisation, user=world.stranger, by=SYSTEM)
    leave(membership=membership, by=SYSTEM)
    ended = Membership.objects.get(pk=membership.pk).ended_at
    with later(days=1):
        leave(membership=membership, by=SYSTEM)
    assert Membership.objects.get(pk=membership.pk).ended_at == ended
    assert kinds(world.stranger) == ["joined", "left"]


def test_the_event_of_a_membership_names_the_organisation(world: World, file: Dossier) -> None:
    join(organisation=file.organisation, user=world.stranger, by=world.person("administrator"))
    data: dict[str, Any] = Event.objects.get(stream=world.stranger.pk, seq=2).data
    assert data == {"organisation": str(file.organisation_id), "standing": "owner"}
