"""A form is sent after its session has ended: what was typed waits for whoever typed it, and for nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.domain import join
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.questions.models import Question
from tests.engine.replay.busy import pdf
from tests.portal.visitor import hidden, page_of, text_of
from tests.reviews.questions.scheme import asking_scheme, in_review, question
from tests.support.world import World, later

PASSWORD = "a good password"  # noqa: S105 - of an account of this test
SIGN_IN = reverse("sign_in")


def sign_in(client: Client, person: User, page: str = "") -> HttpResponse:
    if not person.has_usable_password():
        person.set_password(PASSWORD)
        person.save()
    secret = hidden(client.get(SIGN_IN), "csrfmiddlewaretoken")
    typed = {"username": person.email, "password": PASSWORD, "next": page, "csrfmiddlewaretoken": secret}
    return client.post(SIGN_IN, typed)


def browser(person: User, language: str = "en") -> Client:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": language})
    person.language = language
    person.save()
    assert sign_in(client, person).status_code == 302
    return client


def send(client: Client, page: str, address: str, **typed: Any) -> HttpResponse:
    """Open `page` and send a form of it to `address`, of which the browser says whence it comes."""
    secret = hidden(client.get(page), "csrfmiddlewaretoken")
    return send_late(client, page, address, secret, **typed)


def send_late(client: Client, page: str, address: str, secret: str, **typed: Any) -> HttpResponse:
    from_here = {"referer": f"http://testserver{page}"}
    return client.post(address, {"csrfmiddlewaretoken": secret, **typed}, headers=from_here)


def colleague_of(world: World, asked: Question) -> User:
    colleague = world.new_person("colleague")
    join(organisation=asked.dossier.organisation, user=colleague, by=SYSTEM)
    return colleague


@pytest.fixture
def asked(world: World) -> Question:
    asking_scheme(world)
    dossier, reviewer = in_review(world)
    return question(dossier, reviewer)


def test_an_answer_waits_until_the_same_person_has_signed_in_again(world: World, asked: Question) -> None:
    client = browser(world.applicant)
    page = page_of(asked.dossier, "questions")
    address = page_of(asked.dossier, "answer_question", asked.pk)
    secret = hidden(client.get(page), "csrfmiddlewaretoken")
    del client.cookies["sessionid"]
    typed = 'In the cupboard & "under" the <stairs>\nsince May'
    refused = send_late(client, page, address, secret, text=typed, files=[pdf("minutes.pdf", "1")])
    assert refused.url == f"{SIGN_IN}?next={page}"
    assert "Your session has ended" in text_of(client.get(refused.url))
    assert sign_in(client, world.applicant, page).url == page
    back = client.get(page)
    assert "In the cupboard &amp; &quot;under&quot; the &lt;stairs&gt;\nsince May</textarea>" in back.text
    assert "minutes.pdf" in text_of(back)
    secret = hidden(back, "csrfmiddlewaretoken")
    assert send_late(client, page, address, secret, text=typed).status_code == 302
    asked.refresh_from_db()
    assert asked.answered_seq is not None
    assert "cupboard" not in client.get(reverse("home")).text


def test_nothing_is_shown_to_somebody_else_or_after_an_hour(world: World, asked: Question) -> None:
    page = page_of(asked.dossier, "questions")
    address = page_of(asked.dossier, "answer_question", asked.pk)
    colleague = colleague_of(world, asked)
    for person, minutes in ((colleague, 1), (world.applicant, 61)):
        client = browser(world.applicant)
        secret = hidden(client.get(page), "csrfmiddlewaretoken")
        del client.cookies["sessionid"]
        assert send_late(client, page, address, secret, text="for my eyes").status_code == 302
        with later(minutes=minutes):
            sign_in(client, person)
            seen = client.get(page)
            assert (seen.status_code, "for my eyes" in seen.text) == (200, False)


def test_a_form_older_than_its_session_comes_back_to_its_own_typist_alone(
    world: World, asked: Question
) -> None:
    """The page stood open while somebody signed out and in again in another tab."""
    page = page_of(asked.dossier, "questions")
    address = page_of(asked.dossier, "answer_question", asked.pk)
    colleague = colleague_of(world, asked)
    client = browser(world.applicant)
    secret = hidden(client.get(page), "csrfmiddlewaretoken")
    del client.cookies["sessionid"]
    sign_in(client, world.applicant)
    assert send_late(client, page, address, secret, text="from the old tab").url == page
    assert "from the old tab" in client.get(page).text
    del client.cookies["sessionid"]
    sign_in(client, colleague)
    assert send_late(client, page, address, secret, text="from the old tab").status_code == 403
    assert "from the old tab" not in client.get(page).text


def test_choices_and_fields_of_one_form_among_others_come_back(world: World) -> None:
    page = reverse("organisation_profile", args=[world.organisation().pk])
    client = browser(world.applicant, "ar")
    secret = hidden(client.get(page), "csrfmiddlewaretoken")
    del client.cookies["sessionid"]
    typed = {"legal_form": "union", "staff": "١٢", "until-licence": "2027-03-31", "sector": ""}
    send_late(client, page, page, secret, **typed)
    sign_in(client, world.applicant, page)
    back = client.get(page).text
    assert '<option value="union" selected>' in back
    assert 'value="١٢"' in back
    assert 'value="2027-03-31"' in back
    assert "كانت جلستك قد انتهت" in back


def test_language_may_be_changed_on_a_form_that_was_refused(world: World, asked: Question) -> None:
    client = browser(world.applicant)
    page = page_of(asked.dossier, "questions")
    address = page_of(asked.dossier, "answer_question", asked.pk)
    refused = send(client, page, address, text="A long answer", files=[pdf("a.exe")])
    assert refused.status_code == 409
    switch = {name: hidden(refused, name) for name in ("typed", "next")}
    switched = send(client, page, reverse("set_language"), language="ar", **switch)
    assert switched.url == address
    there = client.get(address)
    assert there.url == page
    back = client.get(page)
    assert "A long answer</textarea>" in back.text
    assert 'lang="ar" dir="rtl"' in back.text
    assert "A long answer" not in client.get(page).text
