"""Coming in, going out, and the language of the pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.organisations.models import User
from accreditation_engine.portal.account.throttle import SIGNING_IN, is_shut, note_failure
from accreditation_engine.portal.models import SignInFailure
from tests.portal.visitor import text_of, visitor
from tests.support.world import later

SIGN_IN = reverse("sign_in")


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("salma@tests.example", "a good password", name="Salma", language="en")


def sign_in(
    client: Client, typed: str = "a good password", email: str = "salma@tests.example"
) -> HttpResponse:
    return client.post(SIGN_IN, {"username": email, "password": typed})


def test_sign_in_leads_home_when_address_and_password_fit(person: User) -> None:
    response = sign_in(visitor(), email=" Salma@Tests.example")
    assert response.status_code == 302
    assert response.url == reverse("home")


def test_sign_in_leads_to_the_page_asked_for_when_one_was(person: User) -> None:
    client = visitor()
    asked = client.get(reverse("files"))
    assert asked.url == f"{SIGN_IN}?next={reverse('files')}"
    response = client.post(
        asked.url, {"username": person.email, "password": "a good password", "next": "/files/"}
    )
    assert response.url == reverse("files")


def test_sign_in_says_the_same_when_the_address_is_unknown_and_when_the_password_is_wrong(
    person: User,
) -> None:
    wrong = sign_in(visitor(), "nonsense")
    unknown = sign_in(visitor(), "nonsense", "nobody@tests.example")
    for response in (wrong, unknown):
        assert "do not belong together" in text_of(response)
    assert 'value="salma@tests.example"' in wrong.content.decode()


def test_sign_in_is_shut_when_too_many_attempts_failed(person: User) -> None:
    client = visitor()
    for _attempt in range(SIGNING_IN.most_for_one_account):
        sign_in(client, "nonsense")
    assert "Too many attempts" in text_of(sign_in(client))
    with later(minutes=16):
        assert sign_in(client).status_code == 302


def test_sign_in_is_open_to_others_when_one_account_is_shut(person: User) -> None:
    request = RequestFactory().post(SIGN_IN)
    for _attempt in range(SIGNING_IN.most_for_one_account):
        note_failure(request, person.email)
    assert is_shut(request, person.email.upper())
    assert not is_shut(request, "other@tests.example")


def test_failures_are_forgotten_when_somebody_gets_in(person: User) -> None:
    client = visitor()
    for _attempt in range(SIGNING_IN.most_for_one_account - 1):
        sign_in(client, "nonsense")
    sign_in(client)
    assert not is_shut(RequestFactory().post(SIGN_IN), person.email)
    for _attempt in range(SIGNING_IN.most_for_one_account - 1):
        sign_in(visitor(), "nonsense")
    assert not is_shut(RequestFactory().post(SIGN_IN), person.email)


def test_old_failures_are_deleted_when_a_new_one_is_counted(person: User) -> None:
    SignInFailure.objects.create(key="x", at=timezone.now() - timedelta(days=8))
    note_failure(RequestFactory().post(SIGN_IN), person.email)
    assert not SignInFailure.objects.filter(key="x").exists()


def test_address_is_what_the_proxy_saw_when_there_is_one(person: User, settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    one = RequestFactory().post(SIGN_IN, headers={"X-Forwarded-For": "invented, 10.0.0.1"})
    other = RequestFactory().post(SIGN_IN, headers={"X-Forwarded-For": "invented, 10.0.0.2"})
    for _attempt in range(SIGNING_IN.most_for_one_account):
        note_failure(one, person.email)
    assert is_shut(one, person.email)
    assert not is_shut(other, person.email)


def test_sign_out_needs_a_post_when_somebody_leaves(person: User) -> None:
    client = visitor(person)
    assert client.get(reverse("sign_out")).url == reverse("home")
    assert client.get(reverse("home")).status_code == 200
    assert client.post(reverse("sign_out")).url == SIGN_IN
    assert client.get(reverse("home")).status_code == 302


def test_pages_are_arabic_when_nothing_was_chosen(db: None) -> None:
    assert '<html lang="ar" dir="rtl">' in Client().get(SIGN_IN).content.decode()


def test_language_is_kept_with_the_person_when_it_is_switched(person: User) -> None:
    client = visitor(person)
    response = client.post(reverse("set_language"), {"language": "ar", "next": reverse("files")})
    assert response.url == reverse("files")
    assert User.objects.get(pk=person.pk).language == "ar"
    assert 'lang="ar"' in client.get(reverse("files")).content.decode()


def test_language_stays_when_the_one_asked_for_is_not_ours(person: User) -> None:
    visitor(person).post(reverse("set_language"), {"language": "xx"})
    assert User.objects.get(pk=person.pk).language == "en"


def test_language_switch_leads_nowhere_else_when_the_way_back_is_foreign(person: User) -> None:
    response = visitor(person).post(
        reverse("set_language"), {"language": "en", "next": "https://elsewhere.example/"}
    )
    assert "elsewhere" not in response.url


def test_own_language_is_shown_when_none_was_chosen_on_this_device(person: User) -> None:
    response = sign_in(visitor(language="ar"))
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


def test_chosen_language_stays_when_somebody_signs_in(person: User) -> None:
    client = visitor()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    assert settings.LANGUAGE_COOKIE_NAME not in sign_in(client).cookies
