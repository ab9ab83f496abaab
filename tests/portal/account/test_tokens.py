"""Tokens of programs: made once one has proved who one is, seen once, ended, and gone with the account."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from accreditation_engine.engine.verification import verify_tables
from accreditation_engine.organisations.closing import close_account
from accreditation_engine.organisations.models import ApiToken, User
from accreditation_engine.organisations.tokens.domain import MOST_TOKENS, end_token, make_token, token_behind
from accreditation_engine.trail.content import SYSTEM
from accreditation_engine.trail.models import Event
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import World, later

PASSWORD = "a-long-secret-of-my-own"  # noqa: S105 - made up, for people who are made up
NEW = reverse("new_api_token")


@pytest.fixture
def person(world: World) -> User:
    world.applicant.set_password(PASSWORD)
    world.applicant.language = "en"
    world.applicant.save()
    return world.applicant


@pytest.fixture
def client(person: User) -> Client:
    found = visitor()
    found.post(reverse("sign_in"), {"username": person.email, "password": PASSWORD})
    return found


def verified() -> list[str]:
    return [each.code for each in verify_tables()]


def test_token_is_seen_once_and_ended_on_its_page(client: Client, person: User, mailoutbox: list) -> None:
    answer = client.post(NEW, {"name": "نسخة ليلية", "dossiers:read": "on", "trail:read": "on", "days": "30"})
    secret = re.findall(r'value="(aet_\w+)"', answer.content.decode())[0]
    assert "no-store" in answer["Cache-Control"]
    token = token_behind(secret)
    assert token is not None
    assert (token.person, token.scopes) == (person, ["dossiers:read", "trail:read"])
    listed = client.get(reverse("api_tokens"))
    assert f"نسخة ليلية aet_{token.mark} Read the files that I may see" in text_of(listed)
    assert secret not in listed.content.decode()
    made = Event.objects.get(kind="token_made", stream=person.pk)
    assert "ليلية" not in str(made.data)
    assert secret not in str(made.data)
    assert verified() == []
    ended = client.post(reverse("api_tokens"), {"token": str(token.pk)}, follow=True)
    assert "The token is ended." in text_of(ended)
    assert token_behind(secret) is None
    for again in (str(token.pk), "nothing"):
        assert "ended already" in text_of(client.post(reverse("api_tokens"), {"token": again}, follow=True))
    assert verified() == []


def test_what_was_chosen_stays_when_it_is_refused(client: Client, person: User) -> None:
    answer = client.post(NEW, {"name": " ", "queue:read": "on", "days": "9999"})
    assert answer.status_code == 409
    assert "Give the token a name" in text_of(answer)
    assert "between one day and 365 days" in text_of(answer)
    assert re.search(r'name="queue:read" type="checkbox" checked', answer.content.decode())
    assert "at least one thing" in text_of(client.post(NEW, {"name": "x" * 101, "days": "7"}))
    for number in range(MOST_TOKENS):
        make_token(person=person, name=f"x{number}", scopes=["queue:read"], days=1)
    answer = client.post(NEW, {"name": "one more", "queue:read": "on", "days": "7"})
    assert "as many as one person may have" in text_of(answer)
    assert queries_for(client, reverse("api_tokens")) <= 15


def test_page_that_is_sent_again_makes_no_second_one(client: Client, person: User) -> None:
    typed = {"name": "nightly", "queue:read": "on", "days": "7"}
    assert client.post(NEW, typed).status_code == 200
    again = client.post(NEW, typed)
    assert (again.status_code, ApiToken.objects.count()) == (409, 1)
    assert "You have a token of this name." in text_of(again)
    with later(days=8):
        make_token(person=person, name="nightly", scopes=["queue:read"], days=1)


def test_nobody_makes_one_who_has_not_proved_lately_who_they_are(person: User, client: Client) -> None:
    with later(hours=1):
        for answer in (client.get(NEW), client.post(NEW, {"name": "x", "queue:read": "on", "days": "7"})):
            assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not ApiToken.objects.exists()


def test_token_opens_nothing_when_it_is_over_forged_or_its_account_closed(world: World, person: User) -> None:
    token, secret = make_token(person=person, name="x", scopes=["queue:read"], days=1)
    assert token_behind(secret) == token
    for other in (
        "",
        "x",
        secret[:-1],
        secret + "0",
        secret.upper(),
        "aet_\0_x",
        secret.replace("aet", "aef"),
    ):
        assert token_behind(other) is None
    assert not end_token(person=world.stranger, token=token.pk)
    with later(days=2):
        assert token_behind(secret) is None
    ApiToken.objects.filter(pk=token.pk).update(scopes=["queue:read", "transitions:write"])
    assert verified() == ["token"]
    close_account(user=person, by=SYSTEM, role="system", reason="لأسباب الاختبار")
    assert token_behind(secret) is None
    assert verified() == []
