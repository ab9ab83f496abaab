"""Opening an account, and a password that was forgotten."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.open_sessions import open_sessions
from accreditation_engine.portal.account.sessions import forget_ended_sessions
from accreditation_engine.trail.models import Event
from tests.portal.visitor import text_of, visitor
from tests.support.post import links_mailed

PASSWORD = "a-long-secret-of-my-own"  # noqa: S105 - made up, for people who are made up
EMAIL = "nadia@tests.example"


def sign_up(client: Client, email: str = EMAIL, **other: str) -> HttpResponse:
    typed = {"name": "Nadia", "email": email, "password1": PASSWORD, **other}
    return client.post(reverse("account_signup"), typed)


def sign_in(client: Client, password: str = PASSWORD, email: str = EMAIL) -> HttpResponse:
    return client.post(reverse("sign_in"), {"username": email, "password": password})


def kinds(user: User) -> list[str]:
    return list(Event.objects.filter(stream=user.pk).order_by("seq").values_list("kind", flat=True))


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user(EMAIL, PASSWORD, name="Nadia", language="en")


def test_nobody_is_let_in_before_the_address_is_confirmed(db: None) -> None:
    client = visitor()
    assert sign_up(client).url == reverse("account_email_verification_sent")
    assert sign_in(visitor()).url == reverse("account_email_verification_sent")
    assert client.get(reverse("home")).status_code == 302
    assert EMAIL in text_of(client.get(reverse("account_email_verification_sent")))
    assert mail.outbox[0].to == [EMAIL]
    asked = client.get(links_mailed()[-1])
    assert EMAIL in text_of(asked)
    client.post(links_mailed()[-1])
    assert client.get(reverse("home")).status_code == 200
    user = User.objects.get(email=EMAIL)
    assert (user.name, user.language) == ("Nadia", "en")
    assert kinds(user) == ["account_opened", "address_confirmed", "signed_in"]
    assert not any(EMAIL in each.content for each in Event.objects.filter(stream=user.pk))


def test_a_link_that_is_no_link_is_told_in_words(db: None) -> None:
    page = visitor().get(reverse("account_confirm_email", args=["cut-off"]))
    assert "holds no longer" in text_of(page)


def test_whoever_has_an_account_is_written_to_and_a_stranger_reads_the_same(person: User) -> None:
    new, known = sign_up(visitor(), "other@tests.example"), sign_up(visitor(), EMAIL.upper())
    assert new.url == known.url
    assert "already" in mail.outbox[-1].subject
    assert User.objects.count() == 2


def test_what_was_typed_stays_when_a_sign_up_is_refused(db: None) -> None:
    page = sign_up(visitor(), "no address", password1="12345").content.decode()
    assert 'value="Nadia"' in page
    assert 'value="no address"' in page
    assert page.count("error") > 1
    assert not User.objects.exists()


def test_a_letter_is_in_arabic_when_the_page_was(db: None) -> None:
    sign_up(visitor(language="ar"))
    assert "تأكيد" in mail.outbox[-1].subject


def test_a_new_password_is_chosen_when_the_old_one_was_forgotten(person: User) -> None:
    client = visitor()
    client.post(reverse("account_reset_password"), {"email": EMAIL})
    link = links_mailed()[-1]
    form = client.get(link)
    new = {"password1": "another-long-secret", "password2": "another-long-secret"}
    assert client.post(form.url, new).status_code == 302
    assert sign_in(visitor(), "another-long-secret").url == reverse("home")
    assert "holds no longer" in text_of(visitor().get(link))
    assert kinds(person) == ["account_opened", "password_changed", "signed_in"]


def test_asking_for_a_new_password_leaves_the_old_one_and_tells_strangers_nothing(person: User) -> None:
    known = visitor().post(reverse("account_reset_password"), {"email": EMAIL})
    unknown = visitor().post(reverse("account_reset_password"), {"email": "nobody@tests.example"})
    assert known.url == unknown.url
    assert len(mail.outbox) == 1
    assert sign_in(visitor()).url == reverse("home")


def test_a_wrong_password_is_an_event_of_whoever_was_meant(person: User) -> None:
    sign_in(visitor(), "nonsense")
    sign_in(visitor(), "nonsense", "nobody@tests.example")
    assert kinds(person) == ["account_opened", "sign_in_refused"]


def test_other_sessions_are_seen_and_ended(person: User) -> None:
    here, there = visitor(), visitor()
    sign_in(here)
    sign_in(there)
    assert text_of(here.get(reverse("usersessions_list"))).count("127.0.0.1") == 2
    here.post(reverse("usersessions_list"))
    assert there.get(reverse("home")).status_code == 302
    assert here.get(reverse("home")).status_code == 200
    assert kinds(person)[-1] == "sessions_ended"


def test_one_session_is_ended_and_others_stay(person: User) -> None:
    phone = Client(
        headers={"accept-language": "en", "user-agent": "Mozilla/5.0 (iPhone; …) CriOS/120 Safari/604"}
    )
    here, third, stranger = (
        visitor(),
        visitor(),
        visitor(User.objects.create_user("other@tests.example", PASSWORD)),
    )
    for each in (here, phone, third):
        sign_in(each)
    page = here.get(reverse("usersessions_list"))
    assert "Chrome on iPhone" in text_of(page)
    assert text_of(page).count("this session") == 1
    which = UserSession.objects.get(session_key=phone.session.session_key).pk
    stranger.post(reverse("usersessions_list"), {"which": which})
    assert phone.get(reverse("home")).status_code == 200
    for said in ("1 session is ended", "nothing left to end"):  # the button was pressed twice
        answer = here.post(reverse("usersessions_list"), {"which": which}, follow=True)
        assert said in text_of(answer)
    assert phone.get(reverse("home")).status_code == 302
    assert third.get(reverse("home")).status_code == 200
    assert kinds(person).count("sessions_ended") == 1
    here.post(reverse("usersessions_list"), {"which": "x"})
    assert third.get(reverse("home")).status_code == 200


def test_a_session_says_when_it_was_last_seen(person: User) -> None:
    client = visitor()
    sign_in(client)
    seen = UserSession.objects.get().last_seen_at
    client.get(reverse("home"))
    assert UserSession.objects.get().last_seen_at == seen
    caches["sessions_seen"].clear()  # a quarter of an hour later
    client.get(reverse("home"))
    assert UserSession.objects.get().last_seen_at > seen


def test_a_session_from_before_the_password_was_changed_is_not_listed_as_open(person: User) -> None:
    here, there = visitor(), visitor()
    sign_in(here)
    sign_in(there)
    typed = {
        "old_password": PASSWORD,
        "new_password1": "another-long-secret",
        "new_password2": "another-long-secret",
    }
    assert here.post(reverse("change_password"), typed).status_code == 302
    assert [each.session_key for each in open_sessions(User.objects.get(pk=person.pk))] == [
        here.session.session_key
    ]


def test_where_somebody_was_signed_in_is_forgotten_with_the_session(person: User) -> None:
    sign_in(visitor())
    sign_in(visitor())
    Session.objects.all()[0].delete()
    forget_ended_sessions()
    assert UserSession.objects.count() == 1


def test_too_many_sign_ups_from_one_place_are_told_in_words(db: None, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip"}
    sign_up(visitor(), "one@tests.example")
    page = sign_up(visitor(), "two@tests.example")
    assert page.status_code == 429
    assert "Wait a few minutes" in text_of(page)
    assert not User.objects.filter(email="two@tests.example").exists()
