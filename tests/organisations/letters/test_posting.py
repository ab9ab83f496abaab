"""Giving mails to a mail server: tried again while it surely has not taken them, and never twice."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from threading import Barrier
from typing import Any, ClassVar

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from pytest_django import Settings

from accreditation_engine.organisations.letters.models import Letter, Mail
from accreditation_engine.organisations.letters.posting import GIVEN_UP_AFTER, LEASE, Post
from accreditation_engine.organisations.letters.writing import ToWrite, write
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.letters.mails import mail_of
from accreditation_engine.portal.letters.sending import MailsFailed, send_letters
from tests.support.world import World, at_once

pytestmark = pytest.mark.django_db
State = Mail.State


class Fails(EmailBackend):
    """A mail server that raises what it is told to, before or after it has taken the mail."""

    error: ClassVar[Exception | None] = None
    opening: ClassVar[Exception | None] = None
    takes_it_first: ClassVar[bool] = False

    def open(self) -> bool:
        if self.opening:
            raise self.opening
        return True

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if self.error is None:
            return super().send_messages(messages)
        if self.takes_it_first:
            super().send_messages(messages)
        raise self.error


@pytest.fixture
def server(settings: Settings) -> Iterator[type[Fails]]:
    settings.EMAIL_BACKEND = f"{__name__}.Fails"
    yield Fails
    Fails.error, Fails.opening, Fails.takes_it_first = None, None, False


@pytest.fixture
def letter(world: World) -> Letter:
    """One, ripe, to the applicant."""
    dossier = world.dossier("draft")
    Letter.objects.all().delete()
    edition = dossier.edition_id
    facts = {"edition": edition, "transition": "return_for_completion", "state": "returned"}
    person = world.applicant
    write([ToWrite(person.pk, "at_once", "step", "applicant", dossier.pk, dossier.pk, 1, facts, due_at=None)])
    Letter.objects.update(ripe_at=timezone.now())
    return Letter.objects.get()


def the_mail() -> Mail:
    return Mail.objects.get()


def after(**units: float) -> Any:
    return time_machine.travel(timezone.now() + timedelta(**units), tick=False)


def test_what_is_sent_is_sent_once(letter: Letter) -> None:
    send_letters()
    send_letters()
    assert len(mail.outbox) == 1
    assert the_mail().state == State.SENT
    assert the_mail().sent_at


def test_a_mail_is_tried_again_later_each_time_when_the_server_refuses_it(
    letter: Letter, server: type[Fails]
) -> None:
    server.error = SMTPRecipientsRefused({"a@b": (450, b"try later")})
    with pytest.raises(MailsFailed):
        send_letters()
    first = the_mail()
    assert (first.state, first.tries) == (State.WAITING, 1)
    send_letters()  # not due yet
    assert the_mail().tries == 1
    with after(minutes=6), pytest.raises(MailsFailed):
        send_letters()
    pause = the_mail().not_before - first.not_before
    assert the_mail().tries == 2
    assert pause > timedelta(minutes=10)
    server.error = None
    with after(hours=1):
        send_letters()
    assert the_mail().state == State.SENT
    assert len(mail.outbox) == 1


def test_a_mail_is_given_up_when_it_was_refused_too_often(letter: Letter, server: type[Fails]) -> None:
    server.error = SMTPDataError(554, b"no")
    moment = timezone.now()
    for _ in range(GIVEN_UP_AFTER):
        moment += timedelta(hours=13)
        with time_machine.travel(moment, tick=False), pytest.raises(MailsFailed):
            send_letters()
    assert the_mail().state == State.GIVEN_UP
    assert "554" in the_mail().error
    with time_machine.travel(moment + timedelta(days=2)):
        send_letters()
    assert the_mail().tries == GIVEN_UP_AFTER


@pytest.mark.parametrize("error", [SMTPServerDisconnected("gone"), TimeoutError("silence"), OSError("pipe")])
def test_a_mail_is_in_doubt_when_nobody_knows_whether_the_server_took_it(
    letter: Letter, server: type[Fails], error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    server.error, server.takes_it_first = error, True
    with caplog.at_level(logging.ERROR), pytest.raises(MailsFailed):
        send_letters()
    assert the_mail().state == State.UNKNOWN
    server.error = None
    with after(days=3):
        send_letters()
    assert the_mail().state == State.UNKNOWN
    assert len(mail.outbox) == 1


def test_nothing_is_claimed_or_counted_when_the_server_cannot_be_reached(
    letter: Letter, server: type[Fails]
) -> None:
    server.opening = ConnectionRefusedError("no mail server")
    for _ in range(3):
        with pytest.raises(ConnectionRefusedError):
            send_letters()
    assert (the_mail().state, the_mail().tries) == (State.WAITING, 0)


class Killed(BaseException):
    """The worker is gone in this moment: nothing behind it runs."""


def test_a_mail_is_sent_by_another_worker_when_one_dies_before_asking_the_server(letter: Letter) -> None:
    def dies(each: Mail) -> None:
        raise Killed

    Mail.objects.create(person=letter.person)
    Letter.objects.update(mail=the_mail())
    with pytest.raises(Killed):
        Post(Mail, dies).send()
    assert the_mail().state == State.CLAIMED
    Post(Mail, mail_of).send()
    assert mail.outbox == []
    with time_machine.travel(timezone.now() + LEASE, tick=False):
        Post(Mail, mail_of).send()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("taken", [True, False])
def test_a_mail_is_in_doubt_and_not_sent_again_when_a_worker_dies_while_asking(
    letter: Letter, server: type[Fails], taken: bool
) -> None:
    server.error, server.takes_it_first = Killed(), taken  # type: ignore[assignment]
    with pytest.raises(Killed):
        send_letters()
    server.error = None
    send_letters()
    assert the_mail().state == State.SENDING
    with time_machine.travel(timezone.now() + LEASE, tick=False), pytest.raises(MailsFailed):
        send_letters()
    assert the_mail().state == State.UNKNOWN
    assert len(mail.outbox) == int(taken)


def test_a_worker_that_counted_as_dead_writes_nothing_over_its_successor(letter: Letter) -> None:
    """It was held up for longer than the lease while it made the mail."""

    def slow(each: Mail) -> EmailMessage | None:
        if each.pk and not mail.outbox:
            with time_machine.travel(timezone.now() + LEASE, tick=False):
                Post(Mail, mail_of).send()
        return mail_of(each)

    Mail.objects.create(person=letter.person)
    Letter.objects.update(mail=the_mail())
    Post(Mail, slow).send()
    assert len(mail.outbox) == 1
    assert the_mail().state == State.SENT


def test_one_address_that_is_refused_keeps_the_mail_from_nobody_else(
    world: World, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "tests.support.refusing_mail.RefusesSome"
    dossier = world.dossier("reviewed")
    panel = world.cast.playing("panel")
    User.objects.filter(pk=panel[0].pk).update(email="broken@tests.example")
    Letter.objects.all().delete()
    world.perform(dossier, "refer")
    Letter.objects.update(ripe_at=timezone.now())
    with pytest.raises(MailsFailed):
        send_letters()
    assert {each.to[0] for each in mail.outbox} == {each.email for each in panel[1:]}


def test_nobodys_address_is_kept_with_what_went_wrong(letter: Letter, server: type[Fails]) -> None:
    server.error = SMTPRecipientsRefused({letter.person.email: (550, b"<x.y@z.example>: no such mailbox")})
    with pytest.raises(MailsFailed):
        send_letters()
    assert the_mail().error == "SMTPRecipientsRefused: {'…': (550, b'<…>: no such mailbox')}"


def test_a_mail_that_cannot_be_made_is_tried_again(letter: Letter, caplog: pytest.LogCaptureFixture) -> None:
    Letter.objects.update(facts={"edition": "gone"})
    with caplog.at_level(logging.ERROR), pytest.raises(MailsFailed):
        send_letters()
    assert (the_mail().state, the_mail().tries) == (State.WAITING, 1)
    assert mail.outbox == []


def test_the_same_letters_have_the_same_message_id(letter: Letter, server: type[Fails]) -> None:
    server.error, server.takes_it_first = TimeoutError("silence"), True
    with pytest.raises(MailsFailed):
        send_letters()
    server.error = None
    Mail.objects.update(state=State.WAITING, not_before=timezone.now())
    send_letters()
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


@pytest.mark.django_db(transaction=True)
def test_of_several_workers_at_once_each_mail_is_sent_by_one(letter: Letter) -> None:
    people = [User.objects.create_user(f"reader{n}@tests.example", name="-") for n in range(6)]
    for each in people:
        Mail.objects.create(person=each)
    sent: list[Any] = []
    together = Barrier(4)

    def note(each: Mail) -> EmailMessage:
        return EmailMessage("s", "b", to=[each.person.email])

    def worker() -> None:
        together.wait()
        Post(Mail, note).send()

    assert at_once(*[worker] * 4) == [None] * 4
    sent = [each.to[0] for each in mail.outbox]
    assert sorted(sent) == sorted(each.email for each in people)
    assert set(Mail.objects.values_list("state", flat=True)) == {State.SENT}
