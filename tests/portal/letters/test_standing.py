"""manage.py work --status tells how the mail stands."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from accreditation_engine.engine.jobs.models import PeriodicRun
from accreditation_engine.organisations.letters.models import Letter, Mail
from accreditation_engine.portal.letters.standing import standing
from tests.support.world import World

pytestmark = pytest.mark.django_db


def status(*more: str) -> str:
    out = StringIO()
    with suppress(SystemExit):
        call_command("work", "--status", *more, stdout=out)
    return out.getvalue()


def waiting() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(status("--format", "json"))["waiting"]["mail"]
    return found


def test_letters_that_wait_are_counted_and_wrong_only_when_nobody_sends(world: World) -> None:
    world.dossier("screening")
    Letter.objects.exclude(role="coordinator").delete()
    count = Letter.objects.count()
    assert count
    assert waiting() == {
        "wrong": True,
        "letters_waiting": count,
        "mails_retried": 0,
        "mails_in_doubt": 0,
        "mails_given_up": 0,
    }
    PeriodicRun.objects.create(name="letters", due_at=timezone.now())
    assert waiting()["wrong"] is False


@pytest.mark.parametrize(
    ("state", "tries", "words", "wrong"),
    [
        (Mail.State.WAITING, 2, "1 mail is tried again", False),
        (Mail.State.UNKNOWN, 0, "1 mail is in doubt", True),
        (Mail.State.GIVEN_UP, 12, "1 mail was given up", True),
        (Mail.State.SENT, 0, "0 letters wait", False),
        (Mail.State.LEFT, 0, "0 letters wait", False),
    ],
)
def test_what_became_of_mails_is_said(world: World, state: str, tries: int, words: str, wrong: bool) -> None:
    PeriodicRun.objects.create(name="letters", due_at=timezone.now())
    Letter.objects.all().delete()
    Mail.objects.create(person=world.applicant, state=state, tries=tries)
    assert words in status("--language", "en")
    assert waiting()["wrong"] is wrong


def test_a_worker_that_sends_right_now_is_not_missed(world: World) -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    PeriodicRun.objects.create(name="letters", due_at=long_ago, held_until=timezone.now())
    assert not standing().lonely
