"""Mail that says a file has moved: after the commit, in the reader's language, and never in the way."""

from __future__ import annotations

import logging
from smtplib import SMTPRecipientsRefused
from typing import ClassVar

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as LocMem
from django.db import transaction
from django.utils import translation
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.perform import perform
from accreditation_engine.organisations.domain import grant_role
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.domain import Rated, rate
from accreditation_engine.reviews.models import Assignment, Finding
from tests.support.world import BADLY, World, in_state


class Broken(BaseEmailBackend):
    """A mail server that does not answer."""

    def open(self) -> bool:
        raise ConnectionRefusedError("no mail server")

    def send_messages(self, messages: object) -> int:
        raise ConnectionRefusedError("no mail server")


def test_mail_goes_to_everybody_who_plays_the_role(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    dossier = world.dossier("in_review")
    with django_capture_on_commit_callbacks(execute=True):
        world.perform(dossier, "escalate")
    assert [each.to for each in mail.outbox] == [[world.person("coordinator").email]]


@pytest.mark.parametrize(("language", "words"), [("ar", "إعادة للاستكمال"), ("en", "Return for completion")])
def test_mail_is_in_the_readers_language(
    world: World,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    language: str,
    words: str,
) -> None:
    dossier = world.dossier("screening")
    User.objects.filter(pk=world.applicant.pk).update(language=language)
    with (
        django_capture_on_commit_callbacks(execute=True),
        translation.override("ar" if language == "en" else "en"),
    ):
        world.perform(dossier, "return_for_completion")
    (message,) = mail.outbox
    assert words in message.subject
    assert dossier.number in message.subject
    assert f"/files/{dossier.pk}/" in message.body


def test_mail_does_not_carry_the_comment(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    dossier = world.dossier("screening")
    with django_capture_on_commit_callbacks(execute=True):
        world.perform(dossier, "return_for_completion", comment="sensitive words")
    assert "sensitive" not in mail.outbox[0].subject + mail.outbox[0].body


def test_an_applicant_reads_the_state_in_words_made_for_applicants(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    dossier = world.dossier("correcting")
    User.objects.update(language="en")
    with django_capture_on_commit_callbacks(execute=True):
        world.perform(dossier, "end_correction")
    bodies = {each.to[0]: each.body for each in mail.outbox}
    assert "Being decided" in bodies[world.applicant.email]
    assert "Before the panel" in bodies[world.person("panel").email]


def test_whoever_took_the_step_gets_no_mail_about_it(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    dossier = world.dossier("in_review")
    reviewer, coordinator = world.person("reviewer"), world.person("coordinator")
    grant_role(user=reviewer, role="coordinator", by=SYSTEM)
    assignment = Assignment.objects.get(dossier=dossier, reviewer=reviewer)
    rubrics = compiled(dossier.edition_id).rubrics.values()
    keys = [(rubric.id, each.id) for rubric in rubrics for each in rubric.every_criterion()]
    rate(assignment=assignment, ratings={key: Rated("2") for key in keys}, by=reviewer)
    with django_capture_on_commit_callbacks(execute=True):
        perform(dossier, "send_review", reviewer)
    assert [each.to for each in mail.outbox] == [[coordinator.email]]


def test_an_inactive_person_gets_no_mail(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    dossier = world.dossier("screening")
    User.objects.filter(pk=world.applicant.pk).update(is_active=False)
    with django_capture_on_commit_callbacks(execute=True):
        world.perform(dossier, "return_for_completion")
    assert mail.outbox == []


def test_mail_about_a_finding_leads_to_its_file(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    dossier = world.dossier("correcting", level=BADLY)
    finding = Finding.objects.filter(dossier=dossier)[0]
    with django_capture_on_commit_callbacks(execute=True):
        world.perform(finding, "lapse")
    assert mail.outbox
    for message in mail.outbox:
        assert f"/files/{dossier.pk}/" in message.body
        assert dossier.number in message.subject


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_before_the_commit_or_when_it_is_rolled_back(world: World) -> None:
    dossier = world.dossier("screening")
    mail.outbox.clear()
    with transaction.atomic():
        world.perform(dossier, "return_for_completion")
        assert mail.outbox == []
        transaction.set_rollback(True)
    assert mail.outbox == []
    assert Dossier.objects.get(pk=dossier.pk).state == "screening"


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_fails_changes_nothing(
    world: World, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    dossier = world.dossier("screening")
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    with caplog.at_level(logging.ERROR):
        world.perform(dossier, "return_for_completion")
    assert in_state(dossier)["state"] == "returned"
    assert "no mail server" in caplog.text


class Picky(LocMem):
    """A mail server that refuses the first address it is given."""

    refused: ClassVar[list[str]] = []

    def send_messages(self, messages: list[mail.EmailMessage]) -> int:
        if not self.refused:
            self.refused.extend(messages[0].to)
            raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such mailbox")})
        return super().send_messages(messages)


@pytest.mark.django_db(transaction=True)
def test_an_address_that_is_refused_keeps_the_mail_from_nobody_else(world: World, settings: Settings) -> None:
    dossier = world.dossier("reviewed")
    mail.outbox.clear()
    settings.EMAIL_BACKEND = f"{__name__}.Picky"
    Picky.refused.clear()
    world.perform(dossier, "refer")
    panel = {each.email for each in world.cast.playing("panel")}
    assert {each.to[0] for each in mail.outbox} | set(Picky.refused) == panel
    assert len(mail.outbox) == len(panel) - 1
