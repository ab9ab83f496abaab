"""The second factor: whose roles need one, setting it up, coming in with it, and taking it off."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import Settings

from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_tables
from accreditation_engine.organisations.closing import close_account
from accreditation_engine.organisations.domain import grant_role
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.way_in import take_off_factors
from accreditation_engine.portal.account.forms import CodeForm
from accreditation_engine.trail.content import SYSTEM
from accreditation_engine.trail.models import Event
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import SHIPPED, World

PASSWORD = "a-long-secret-of-my-own"  # noqa: S105 - made up, for people who are made up


@pytest.fixture(autouse=True)
def _required(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def reviewer(world: World) -> User:
    person = world.person("reviewer")
    person.language = "en"
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in(person: User) -> tuple[Client, str]:
    """A new browser, and where its sign-in led."""
    client = visitor()
    answer = client.post(reverse("sign_in"), {"username": person.email, "password": PASSWORD})
    return client, answer.url


def code_for(secret: str, later: int = 0) -> str:
    now = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, now + later))


def set_up(client: Client) -> tuple[str, list[str]]:
    """The secret of the app, and the codes on paper as they are shown."""
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.findall(r">([A-Z2-7]{32})<", page)[0]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)}, follow=True)
    return secret, re.findall(r"\b(\d{8})\b", text_of(answer))


@pytest.fixture
def protected(reviewer: User, django_capture_on_commit_callbacks) -> Client:
    """The browser of the reviewer, who has set up an app."""
    client, _there = sign_in(reviewer)
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)
    return client


def kinds(person: User) -> list[str]:
    return list(Event.objects.filter(stream=person.pk).order_by("seq").values_list("kind", flat=True))


def test_a_reviewer_is_led_to_set_one_up_and_an_applicant_is_not(reviewer: User, world: World) -> None:
    client, _there = sign_in(reviewer)
    led = client.get(reverse("queue"))
    assert led.url == reverse("mfa_index")
    assert "Set up a second factor first" in text_of(client.get(led.url))
    assert client.post(reverse("sign_out")).status_code == 302
    world.dossier("draft")
    assert visitor(world.applicant).get(reverse("home")).status_code == 200


def test_whoever_set_one_up_comes_in_with_it_alone(
    reviewer: User, django_capture_on_commit_callbacks
) -> None:
    client, _there = sign_in(reviewer)
    with django_capture_on_commit_callbacks(execute=True):
        secret, codes = set_up(client)
    assert len(codes) == 10
    assert mail.outbox[-1].to == [reviewer.email]
    assert "an app with codes was set up" in mail.outbox[-1].body
    assert "shown once" in text_of(client.get(reverse("mfa_view_recovery_codes")))
    assert client.get(reverse("home")).status_code == 200

    later, there = sign_in(reviewer)
    assert there == reverse("mfa_authenticate")
    assert later.get(reverse("home")).status_code == 302
    assert "does not fit" in text_of(later.post(there, {"code": "000000"}))
    assert later.post(there, {"code": codes[0]}).url == reverse("home")

    again, there = sign_in(reviewer)
    assert again.post(there, {"code": codes[0]}).status_code == 200  # used up
    assert again.post(there, {"code": code_for(secret, 1)}).url == reverse("home")
    told = kinds(reviewer)
    assert told.count("factor_added") == 2
    assert told.count("sign_in_refused") == 2
    last = Event.objects.filter(stream=reviewer.pk).latest("seq")
    assert (last.kind, last.data["proofs"]) == ("signed_in", ["password", "totp"])
    assert not list(verify_tables(stream=reviewer.pk))


def test_a_page_costs_no_query_more_where_a_second_factor_is_required(
    protected: Client, settings: Settings
) -> None:
    required = queries_for(protected, reverse("queue"))
    settings.SECOND_FACTOR_REQUIRED = False
    assert required == queries_for(protected, reverse("queue"))


def test_the_password_is_asked_for_again_when_somebody_with_a_confirmed_address_has_been_here_for_a_while(
    reviewer: User,
) -> None:
    client, _there = sign_in(reviewer)
    assert EmailAddress.objects.get(user=reviewer).verified
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        answer = client.get(reverse("mfa_activate_totp"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_reauthenticate"))


def test_the_only_one_stays_where_a_role_needs_it(reviewer: User, protected: Client) -> None:
    page = protected.post(reverse("mfa_deactivate_totp"))
    assert "Set up another one first" in text_of(page)
    assert Authenticator.objects.filter(user=reviewer, type="totp").exists()


def test_an_administrator_takes_it_off_for_whoever_lost_their_device(
    reviewer: User, protected: Client, world: World
) -> None:
    administrator = world.person("administrator")
    for by, reason in ((world.person("coordinator"), "lost"), (administrator, " ")):
        with pytest.raises(Refused):
            take_off_factors(person=reviewer, by=by, reason=reason)
    take_off_factors(person=reviewer, by=administrator, reason="The phone was stolen.")
    assert protected.get(reverse("home")).status_code == 302
    assert sign_in(reviewer)[0].get(reverse("home")).url == reverse("mfa_index")
    assert "factors_taken_off" in kinds(reviewer)
    assert not list(verify_tables(stream=reviewer.pk))


def test_a_factor_that_was_put_in_or_taken_out_in_silence_is_found(reviewer: User) -> None:
    Authenticator.objects.create(user=reviewer, type="totp", data={})
    assert "factor" in {each.code for each in verify_tables(stream=reviewer.pk)}


def test_nothing_of_the_way_in_outlives_an_account(reviewer: User, protected: Client, world: World) -> None:
    close_account(user=reviewer, by=world.person("administrator"), role="administrator", reason="left")
    assert not reviewer.emailaddress_set.exists()
    assert not reviewer.authenticator_set.exists()
    assert not reviewer.usersession_set.exists()
    assert protected.get(reverse("home")).status_code == 302


def test_the_page_for_lost_devices_is_for_administrators_and_keeps_what_was_typed(
    reviewer: User, world: World, settings: Settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    Authenticator.objects.create(user=reviewer, type="totp", data={})
    here = reverse("lost_device", args=[reviewer.pk])
    for address in (here, reverse("lost_devices")):
        assert visitor(world.person("coordinator")).get(address).status_code == 404
    of_one_scheme = User.objects.create_user("one@tests.example", PASSWORD)
    grant_role(user=of_one_scheme, role="administrator", scheme=SHIPPED, by=SYSTEM)
    client = visitor(world.person("administrator"))
    for who, told in ((visitor(of_one_scheme), False), (client, True)):
        assert (reverse("lost_devices") in who.get(reverse("account")).content.decode()) is told
    assert here in client.get(reverse("lost_devices")).content.decode()
    assert client.post(here, {"reason": " "}).status_code == 409
    for _press in range(2):
        assert client.post(here, {"reason": "Her phone was stolen; she called."}).status_code == 302
    assert len(mail.outbox) == 1
    assert not Authenticator.objects.exists()
    assert client.post(here, {"reason": "Once more."}).status_code == 409


def test_the_door_asks_for_no_digits_of_an_app_where_there_is_none(reviewer: User) -> None:
    with translation.override("en"):
        assert CodeForm(user=reviewer).fields["code"].help_text == "One of your recovery codes."
        Authenticator.objects.create(user=reviewer, type="totp", data={})
        assert "digits that your app shows" in str(CodeForm(user=reviewer).fields["code"].help_text)
