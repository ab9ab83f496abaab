"""Checkpoints by mail: asking, confirming, getting them once each, and leaving."""

from __future__ import annotations

import re
from datetime import timedelta
from email.message import Message
from threading import Barrier
from typing import Any, ClassVar
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accreditation_engine.engine.jobs.periodic import jobs
from accreditation_engine.portal.trail import mailing
from accreditation_engine.portal.trail.letters import of_checkpoint
from accreditation_engine.portal.trail.mailing import LettersFailed, mail_what_is_due
from accreditation_engine.portal.trail.models import Subscriber
from accreditation_engine.trail.append import append
from accreditation_engine.trail.content import Entry
from accreditation_engine.trail.models import Checkpoint
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from tests.portal.visitor import text_of, visitor
from tests.support.world import World, at_once, later

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_of_its_own")]
SOMEBODY = "nadia@example.org"


def ask(client: Client, email: str = SOMEBODY) -> str:
    return text_of(client.post(reverse("subscribe"), {"email": email}, follow=True))


def link(letter: Any) -> str:
    """The path of the first address in a letter."""
    return re.search(r"https?://[^/]+(/\S+)", letter.body)[1]  # type: ignore[index]


def sign(times: int = 1) -> Checkpoint:
    """A checkpoint with something new in it."""
    for _ in range(times):
        append(Entry(uuid4(), "noted"))
    return make_checkpoint()


@pytest.mark.parametrize(
    ("language", "subject", "done"),
    [
        ("en", "Confirm: checkpoints of the decision trail", "You get every new checkpoint"),
        ("ar", "تأكيد: نقاط التحقق من سجل القرارات", "تصلك كل نقطة تحقق جديدة"),
    ],
)
def test_subscribed_is_who_confirms_and_gets_the_latest_at_once(
    language: str, subject: str, done: str
) -> None:
    checkpoint = sign()
    client = visitor(language=language)
    ask(client, " Nadia@Example.org ")
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([SOMEBODY], subject)
    assert not Subscriber.objects.exists()
    opened = client.get(link(letter))
    assert SOMEBODY in text_of(opened)
    assert not Subscriber.objects.exists(), "a mail program that opens links subscribes nobody"
    assert done in text_of(client.post(link(letter), follow=True))
    subscriber = Subscriber.objects.get()
    assert (subscriber.email, subscriber.language) == (SOMEBODY, language)
    (_confirming, first) = mail.outbox
    assert first.to == [SOMEBODY]
    assert str(checkpoint.size) in first.subject
    assert checkpoint.root in first.body
    ((name, content, _kind),) = first.attachments
    assert name == f"checkpoint-{checkpoint.size}.txt"
    assert content == checkpoint.note.encode()


def test_note_arrives_byte_for_byte_when_the_letter_is_sent(django_capture_on_commit_callbacks: Any) -> None:
    Subscriber.objects.create(email=SOMEBODY, language="ar")
    with django_capture_on_commit_callbacks(execute=True):
        checkpoint = sign()
    message: Message = mail.outbox[0].message()
    attached = [part for part in message.walk() if part.get_filename()]
    assert attached[0].get_payload(decode=True) == checkpoint.note.encode()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_answer_is_the_same_when_the_address_is_known(settings: Settings) -> None:
    Subscriber.objects.create(email=SOMEBODY, language="en")
    assert ask(visitor()) == ask(visitor(), "other@example.org")
    known, other = mail.outbox
    assert known.subject == "You get checkpoints of the decision trail already"
    assert other.subject.startswith("Confirm")
    assert Subscriber.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Write the address"),
        ("nadia", "This is no e-mail address"),
        ("a@b.example\nBcc: c@d.example", "This is no e-mail address"),
        ("a\0@example.org", "Null characters"),
        (f"{'a' * 300}@example.org", "at most 254 characters"),
    ],
)
def test_no_letter_goes_out_when_the_address_is_none(typed: str, words: str) -> None:
    told = ask(visitor(), typed)
    assert words in told
    assert "Please correct the following" in told
    assert mail.outbox == []


def test_one_letter_a_day_goes_to_an_address_however_often_it_is_asked_for() -> None:
    for number in range(3):
        ask(Client(REMOTE_ADDR=f"203.0.113.{number}", headers={"accept-language": "en"}))
    assert [letter.to for letter in mail.outbox] == [[SOMEBODY]]
    assert "once a day at most" in mail.outbox[0].body
    assert "At most one letter a day" in ask(visitor())
    assert "At most one letter a day" not in ask(visitor(), "other@example.org")
    with later(hours=25):
        assert "At most one letter a day" not in ask(visitor())


def test_link_of_before_subscribes_nobody_who_has_left_since_and_a_new_one_does() -> None:
    ask(visitor())
    (first,) = mail.outbox
    for _twice in range(2):
        visitor().post(link(first))
    visitor().post(reverse("unsubscribe", args=[Subscriber.objects.get().pk]))
    for answer in (visitor().get, visitor().post):
        assert answer(link(first)).status_code == 404
    assert not Subscriber.objects.exists()
    with later(days=1, minutes=1):
        ask(visitor())
        assert visitor().post(link(mail.outbox[-1])).status_code == 302
    assert Subscriber.objects.get().email == SOMEBODY


@pytest.mark.parametrize("token", ["cut-off", "a:b:c", "%00"])
def test_link_that_is_none_of_ours_subscribes_nobody(token: str) -> None:
    for answer in (visitor().get, visitor().post):
        response = answer(f"/trail/subscribe/{token}/")
        assert response.status_code == 404
        assert "This link holds no more" in text_of(response)


def test_link_holds_no_more_after_a_week() -> None:
    ask(visitor())
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert visitor().post(link(mail.outbox[0])).status_code == 404
    assert not Subscriber.objects.exists()


def test_each_checkpoint_is_mailed_once_when_it_is_made(django_capture_on_commit_callbacks: Any) -> None:
    Subscriber.objects.create(email=SOMEBODY, language="en")
    Subscriber.objects.create(email="hany@example.org", language="ar")
    for _twice in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            checkpoint = sign()
        mail_what_is_due()
        got = sorted((letter.to[0], letter.subject) for letter in mail.outbox[-2:])
        assert [to for to, _subject in got] == ["hany@example.org", SOMEBODY]
        assert all(str(checkpoint.size) in subject for _to, subject in got)
    assert len(mail.outbox) == 4


def test_letter_is_tried_again_when_it_failed_and_others_get_theirs(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    Subscriber.objects.create(email="broken@example.org", language="en")
    Subscriber.objects.create(email=SOMEBODY, language="en")
    sign()
    settings.EMAIL_BACKEND = "tests.support.refusing_mail.RefusesSome"
    with pytest.raises(LettersFailed, match="1"):
        mail_what_is_due()
    assert [letter.to for letter in mail.outbox] == [[SOMEBODY]]
    assert "was not sent" in caplog.text
    assert SOMEBODY not in caplog.text
    mail_what_is_due()
    assert len(mail.outbox) == 1, "not before its time"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with later(minutes=6):
        mail_what_is_due()
    assert [letter.to for letter in mail.outbox] == [[SOMEBODY], ["broken@example.org"]]
    assert Subscriber.objects.get(email="broken@example.org").state == Subscriber.State.SENT


def test_subscription_ends_when_nobody_can_be_reached_for_weeks(settings: Settings) -> None:
    Subscriber.objects.create(email="broken@example.org", language="en")
    sign()
    settings.EMAIL_BACKEND = "tests.support.refusing_mail.RefusesSome"
    days = 0
    while Subscriber.objects.exists():
        with time_machine.travel(timezone.now() + timedelta(days=days)), pytest.raises(LettersFailed):
            mail_what_is_due()
        days += 1
    assert days == mailing.GIVE_UP_AFTER


@pytest.mark.django_db(transaction=True)
def test_nobody_gets_a_letter_twice_when_several_workers_mail(world: World) -> None:
    for number in range(10):
        Subscriber.objects.create(email=f"somebody{number}@example.org", language="en")
    checkpoint = make_checkpoint()
    Subscriber.objects.update(sent_size=0, state=Subscriber.State.WAITING)
    mail.outbox.clear()
    together = Barrier(3)

    def worker() -> None:
        together.wait()
        mail_what_is_due()

    assert at_once(worker, worker, worker) == [None, None, None]
    assert sorted(letter.to[0] for letter in mail.outbox) == [f"somebody{n}@example.org" for n in range(10)]
    assert set(Subscriber.objects.values_list("sent_size", flat=True)) == {checkpoint.size}


class Killed(BaseException):
    """The worker is gone in this moment."""


class Dies(EmailBackend):
    """A server that takes the mail, or not, in the moment in which the worker is killed."""

    takes_it: ClassVar[bool] = False

    def send_messages(self, messages: Any) -> int:
        if self.takes_it:
            super().send_messages(messages)
        raise Killed


@pytest.mark.parametrize("takes_it", [True, False])
def test_a_letter_of_a_killed_worker_is_not_sent_twice_and_the_next_checkpoint_is(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, takes_it: bool
) -> None:
    Subscriber.objects.create(email=SOMEBODY, language="en")
    sign()
    monkeypatch.setattr(Dies, "takes_it", takes_it)
    settings.EMAIL_BACKEND = f"{__name__}.Dies"
    with pytest.raises(Killed):
        mail_what_is_due()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with later(minutes=11), pytest.raises(LettersFailed):
        mail_what_is_due()
    with later(minutes=20):
        mail_what_is_due()
        assert len(mail.outbox) == int(takes_it)
        sign()
        mail_what_is_due()
        assert len(mail.outbox) == int(takes_it) + 1


@pytest.mark.parametrize(
    "client", [visitor(), Client(enforce_csrf_checks=True)], ids=["page", "mail program"]
)
def test_somebody_leaves_by_the_link_of_any_letter(client: Client) -> None:
    subscriber = Subscriber.objects.create(email=SOMEBODY, language="en")
    address = reverse("unsubscribe", args=[subscriber.pk])
    assert client.get(address).status_code == 200
    assert Subscriber.objects.exists()
    for _twice in range(2):
        assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 302
    assert not Subscriber.objects.exists()


def test_mail_is_among_the_periodic_jobs() -> None:
    assert "checkpoint mail" in {job.name for job in jobs()}


def test_letter_of_a_checkpoint_says_when_in_words_and_in_which_zone() -> None:
    checkpoint = sign()
    moment = timezone.localtime(checkpoint.at)
    letters = {
        language: of_checkpoint(checkpoint, Subscriber(pk=uuid4(), email=SOMEBODY, language=language)).body
        for language in ("ar", "en")
    }
    assert f"{moment:%Y}, {moment:%H:%M:%S}, Cairo time" in letters["en"]
    assert f"{moment:%B}" in letters["en"]
    assert "بتوقيت القاهرة" in letters["ar"]
    assert f"{moment:%H:%M:%S}" in letters["ar"]
