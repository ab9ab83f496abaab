"""People are told of their roles by mail, in their language and once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.domain import change_end, end_role, grant_role
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.organisations.role_letters import tell_of_ended_roles
from tests.support.post import delivered, nobody_is_written_to
from tests.support.world import SHIPPED, World, later


@pytest.fixture
def person(world: World) -> User:
    nobody_is_written_to()
    found = world.new_person("mona")
    User.objects.filter(pk=found.pk).update(language="en")
    return User.objects.get(pk=found.pk)


def told(person: User) -> list[str]:
    """What the mails to the person said that go now."""
    mails = [each for each in delivered() if each.to == [person.email]]
    return [re.sub("[\u2066-\u2069]", "", each.body) for each in mails]


def test_a_role_is_told_when_it_is_given_when_its_end_moves_and_when_it_is_taken(
    world: World, person: User
) -> None:
    by = world.person("administrator")
    grant = grant_role(user=person, role="reviewer", scheme=SHIPPED, by=by)
    (mail,) = told(person)
    assert "You have a role now: Reviewer (Institutional Commitment Certificate)." in mail
    assert told(person) == []
    change_end(grant=grant, until=timezone.now() + timedelta(days=30), by=by)
    assert "Your role as Reviewer (Institutional Commitment Certificate) holds until" in told(person)[0]
    User.objects.filter(pk=person.pk).update(language="ar")
    end_role(grant=RoleGrant.objects.get(pk=grant.pk), by=by, reason="She has moved.")
    (mail,) = told(person)
    assert "انتهى دورك «المراجع»" in mail
    assert "She has moved." not in mail
    tell_of_ended_roles()
    assert told(person) == []


def test_a_role_that_runs_out_is_told_once_and_not_when_another_goes_on(world: World, person: User) -> None:
    by, soon = world.person("administrator"), timezone.now() + timedelta(days=3)
    grant_role(user=person, role="coach", until=soon, by=by)
    grant_role(user=person, role="auditor", until=soon, by=by)
    grant_role(user=person, role="auditor", until=soon + timedelta(days=90), by=by)
    assert "You have a role now: Coach (every scheme), until" in told(person)[0]
    with later(days=3, hours=1):
        tell_of_ended_roles()
        tell_of_ended_roles()
        (mail,) = told(person)
        assert "Your role as Coach (every scheme) has ended." in mail
        assert "Auditor" not in mail


def test_what_the_command_line_gives_and_what_was_ended_before_the_mail_goes_is_not_told_as_given(
    world: World, person: User
) -> None:
    grant_role(user=person, role="coach", by=SYSTEM)
    assert told(person) == []
    by = world.person("administrator")
    end_role(grant=grant_role(user=person, role="reviewer", by=by), by=by, reason="A slip.")
    (mail,) = told(person)
    assert "has ended" in mail
    assert "You have a role now" not in mail
