"""What somebody changes in accounts past the trail is named."""

from __future__ import annotations

import pytest

from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.closing import close_account
from accreditation_engine.organisations.employer import name_employer
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.erasure import erase_comment
from accreditation_engine.trail.models import Event
from tests.support.world import World

pytestmark = pytest.mark.django_db


def found() -> list[str]:
    return [each.detail for each in verify_all() if each.code == "person"]


def test_an_employer_that_nobody_named_is_a_problem_and_one_that_was_erased_is_none(world: World) -> None:
    person = world.stranger
    name_employer(user=person, employer="A firm", by=person)
    name_employer(user=person, employer="Another firm", by=person)
    assert found() == []
    User.objects.filter(pk=person.pk).update(employer="The organisation itself")
    assert found() == ["the employer is not the one that its trail names last"]
    User.objects.filter(pk=person.pk).update(employer="Another firm")
    named = Event.objects.filter(stream=person.pk, kind="employer_named").order_by("seq").last()
    assert named is not None
    by = world.person("administrator")
    erase_comment(
        stream=person.pk, seq=named.seq, actor=by.acting, role="administrator", reason="Asked for by law"
    )
    assert found() == []


def test_an_account_that_is_closed_or_opened_past_the_trail_is_a_problem(world: World) -> None:
    person = world.person("panel")
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert found() == ["the account is closed, and its trail says otherwise"]
    User.objects.filter(pk=person.pk).update(is_active=True)
    close_account(user=person, by=world.person("administrator"), role="administrator", reason="Left")
    assert found() == []
    User.objects.filter(pk=person.pk).update(is_active=True)
    assert found() == ["the account is open, and its trail says otherwise"]
