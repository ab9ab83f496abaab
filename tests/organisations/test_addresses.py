"""Nobody signs in by another address without an event of it."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.addresses import change_email
from accreditation_engine.organisations.erasing import erase_of_person
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.salted import salted_digest
from tests.support.world import World

pytestmark = pytest.mark.django_db


def test_a_new_account_is_an_event_with_a_digest_of_its_address() -> None:
    user = User.objects.create_user("Mona@Tests.Example", name="Mona")
    (event,) = Event.objects.filter(stream=user.pk)
    assert (event.kind, event.data) == (
        "account_opened",
        {"email_digest": salted_digest(user.email_salt, "mona@tests.example")},
    )
    assert b"mona@" not in bytes(event.body)


def test_another_address_is_an_event_and_signs_in(world: World) -> None:
    change_email(user=world.stranger, email=" New@Tests.Example ", by=world.person("administrator"))
    event = Event.objects.filter(stream=world.stranger.pk).latest("seq")
    assert (event.kind, event.actor) == ("email_changed", world.person("administrator").pk)
    assert User.objects.get_by_natural_key("new@tests.example") == world.stranger
    assert list(verify_all()) == []


def test_the_same_address_writes_nothing(world: World) -> None:
    before = Event.objects.count()
    change_email(user=world.stranger, email=world.stranger.email.upper(), by=SYSTEM)
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    ("email", "code"), [("nobody", "no_address"), ("applicant@tests.example", "address_taken")]
)
def test_an_address_is_refused_when_it_is_none_or_anothers(world: World, email: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        change_email(user=world.stranger, email=email, by=SYSTEM)
    assert [each.code for each in refusal.value.reasons] == [code]
    assert User.objects.get(pk=world.stranger.pk).email == "stranger@tests.example"


@pytest.mark.parametrize(
    "forgery", ["email = 'mine@x.example'", "email = 'mine@x.example', email_salt = ''", "email_salt = 'ab'"]
)
def test_an_address_that_is_changed_past_the_trail_is_named(world: World, forgery: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE organisations_user SET {forgery} WHERE email = 'stranger@tests.example'")  # noqa: S608
    (problem,) = verify_all()
    assert (problem.stream, problem.code) == (world.stranger.pk, "address")


def test_an_address_that_was_erased_is_no_difference(world: World) -> None:
    erase_of_person(
        person=world.stranger,
        keys=[f"email:{world.stranger.pk}"],
        reason="r",
        basis="b",
        by=world.person("administrator"),
    )
    assert User.objects.get(pk=world.stranger.pk).email_salt == ""
    assert list(verify_all()) == []


def test_an_account_of_before_is_compared_from_its_next_address_on(world: World) -> None:
    old = User(email="old@tests.example", name="Old")
    old.save()
    assert list(verify_all()) == []
    change_email(user=old, email="older@tests.example", by=SYSTEM)
    assert list(verify_all()) == []
    User.objects.filter(pk=old.pk).update(email="x@tests.example")
    assert [each.code for each in verify_all()] == ["address"]


def test_the_command_changes_an_address_and_refuses_what_it_does_not_know(world: World) -> None:
    output = StringIO()
    call_command("change_email", "stranger@tests.example", "new@tests.example", stdout=output)
    assert output.getvalue() == "stranger@tests.example signs in by new@tests.example from now on\n"
    for wrong in (("nobody@tests.example", "a@b.example"), ("new@tests.example", "no address")):
        with pytest.raises(CommandError) as refusal:
            call_command("change_email", *wrong)
        assert refusal.value.returncode == 2
