"""What has come together for somebody in one mail, in their language, file by file."""

from __future__ import annotations

import re
from datetime import timedelta
from email.message import EmailMessage as Parsed
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.perform import perform
from accreditation_engine.organisations.letters.choosing import choose_digest
from accreditation_engine.organisations.letters.models import Letter, Mail
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.letters.mails import FILES_SHOWN
from accreditation_engine.portal.letters.sending import forget_old_letters, send_letters
from accreditation_engine.reviews.models import Assignment
from tests.support.post import delivered, nobody_is_written_to
from tests.support.world import TINY, World, changed, later

pytestmark = pytest.mark.django_db

TOLD = changed(
    TINY,
    ("by: [applicant], comment: none}", "by: [applicant], comment: none, then: [{notify: coordinator}]}"),
    ("    comment: required\n", "    comment: required\n    then: [{notify: applicant}]\n"),
)


@pytest.fixture
def told(world: World) -> World:
    """A scheme in which coordinators hear of what is submitted, and applicants of what comes back."""
    world.scheme(TOLD)
    User.objects.update(language="en")
    return world


def submitted(world: World) -> Dossier:
    dossier = world.dossier("draft", scheme="tiny")
    perform(dossier, "submit", world.applicant)
    return dossier


def unmarked(text: str) -> str:
    """Without isolates."""
    return re.sub("[\u2066-\u2069]", "", text)


def html_of(message: EmailMultiAlternatives) -> str:
    ((content, kind),) = message.alternatives
    assert kind == "text/html"
    return str(content)


def test_what_comes_within_minutes_comes_in_one_mail(told: World) -> None:
    numbers = [submitted(told).number for _ in range(3)]
    send_letters()
    assert mail.outbox == []
    with later(minutes=4):
        send_letters()
    (message,) = mail.outbox
    assert message.to == [told.person("coordinator").email]
    assert message.subject.startswith("News of 3 files")
    assert all(f"File {number}" in message.body.replace("\u2068", "") for number in numbers)


def test_a_mail_of_one_file_says_in_its_subject_what_happened(told: World) -> None:
    dossier = submitted(told)
    (message,) = delivered()
    words = "The file has come to the stage “Checking”"
    assert unmarked(message.subject) == f"File {dossier.number}: {words}"
    assert f"The file is now in “Checking”.\n- {words}.\n" in unmarked(message.body)


def test_a_scheme_says_what_happened_in_the_words_of_the_role_it_tells(told: World) -> None:
    sentence = "told: {coordinator: {ar: قُدّم الملف., en: The organisation has submitted its file.}}"
    told.scheme(
        changed(TOLD, ("then: [{notify: coordinator}]}", f"then: [{{notify: coordinator}}], {sentence}}}"))
    )
    dossier = submitted(told)
    (message,) = delivered()
    assert unmarked(message.subject) == f"File {dossier.number}: The organisation has submitted its file"
    perform(dossier, "send_back", told.person("coordinator"), comment="ناقص")
    (message,) = delivered()
    assert "Your file has come to the stage “Draft”." in unmarked(message.body)


def test_what_happened_twice_is_told_once(told: World) -> None:
    dossier = submitted(told)
    for _ in range(2):
        perform(dossier, "send_back", told.person("coordinator"), comment="ناقص")
        perform(dossier, "submit", told.applicant)
    body = next(each.body for each in delivered() if each.to == [told.person("coordinator").email])
    assert unmarked(body).count("- The file has come to the stage “Checking”.\n") == 1


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_a_mail_is_a_page_in_its_readers_direction_beside_plain_text(
    told: World, language: str, direction: str
) -> None:
    User.objects.update(language=language)
    dossier = submitted(told)
    (message,) = delivered()
    page = html_of(message)
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert f'<bdi class="code" dir="ltr">{dossier.number}</bdi>' in page
    assert "<script" not in page
    assert "src=" not in page
    parsed: Parsed = message.message()
    assert [part.get_content_type() for part in parsed.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert parsed["Content-Language"] == language
    assert parsed["Auto-Submitted"] == "auto-generated"


def test_a_title_with_marks_stays_text_in_the_page(told: World) -> None:
    told.scheme(changed(TOLD, ("en: Checking}", 'en: "<b>Checking</b> & co"}')))
    submitted(told)
    (message,) = delivered()
    assert "<b>Checking</b> & co" in message.body
    assert "&lt;b&gt;Checking&lt;/b&gt; &amp; co" in html_of(message)


def test_what_is_urgent_comes_first_and_then_what_is_due_first(told: World) -> None:
    late, soon, calm = (submitted(told) for _ in range(3))
    now = timezone.now()
    Letter.objects.filter(dossier=calm.pk).update(due_at=now + timedelta(days=30))
    Letter.objects.filter(dossier=soon.pk).update(due_at=now + timedelta(days=2))
    Letter.objects.filter(dossier=late.pk).update(urgent=True)
    (message,) = delivered()
    places = [message.body.index(each.number) for each in (late, soon, calm)]
    assert places == sorted(places)


def test_a_decision_comes_before_what_is_late_and_that_before_what_is_due(world: World) -> None:
    User.objects.update(language="en")
    dossier = world.dossier("refusal_decided")
    Letter.objects.all().delete()
    now, facts = timezone.now(), {"edition": dossier.edition_id, "transition": "refuse", "state": "refused"}
    for days, kind in ((9, "return_for_completion"), (-1, "send_report")):
        Letter.objects.create(
            **_of(world.applicant, dossier),
            facts={**facts, "transition": kind, "state": "accuracy"},
            due_at=now + timedelta(days=days),
        )
    world.perform(dossier, "announce_refusal")
    Letter.objects.exclude(person=world.applicant).delete()
    (message,) = delivered()
    places = [
        message.body.index(each) for each in ("is not granted", "The report of the review", "has come back")
    ]
    assert places == sorted(places)
    assert "is not granted" in message.subject


def _of(person: User, dossier: Dossier) -> dict[str, Any]:
    """A letter that tells the organisation of a step."""
    now = timezone.now()
    about = {"dossier": dossier.pk, "stream": dossier.pk, "seq": 1, "written_at": now, "ripe_at": now}
    return {"person": person, "kind": "step", "role": "applicant", **about}


def test_a_reviewer_who_has_sent_their_review_is_not_told_to_make_it(world: World) -> None:
    User.objects.update(language="en")
    dossier = world.dossier("in_review")
    one, other = (world.person("reviewer", number) for number in (0, 1))
    Letter.objects.exclude(facts__transition="accept", role="reviewer").delete()
    assert {each.person for each in Letter.objects.all()} == {one, other}
    Assignment.objects.filter(dossier=dossier, reviewer=one).update(sent_at=timezone.now())
    (message,) = delivered()
    assert message.to == [other.email]
    assert "The file is ready for your review." in message.body


def test_a_long_mail_names_the_first_files_and_counts_the_others(told: World) -> None:
    for _ in range(FILES_SHOWN + 2):
        submitted(told)
    (message,) = delivered()
    assert message.body.count("/files/") == FILES_SHOWN
    assert "And news of 2 further files\n" in message.body


def test_making_a_mail_costs_the_same_whatever_it_holds(told: World) -> None:
    def cost(files: int) -> int:
        nobody_is_written_to()
        Mail.objects.all().delete()
        for _ in range(files):
            submitted(told)
        with CaptureQueriesContext(connection) as captured:
            assert len(delivered()) == 1
        return len(captured)

    cost(1)
    assert cost(1) == cost(8)


def at(moment: Any) -> Any:
    return time_machine.travel(moment, tick=False)


def test_whoever_wants_mail_once_a_day_gets_one_in_the_morning(told: World) -> None:
    choose_digest(told.person("coordinator"), "daily")
    for _ in range(3):
        submitted(told)
    with later(hours=1):
        morning = Letter.objects.values_list("ripe_at", flat=True)[0]
    if morning - timezone.now() > timedelta(minutes=5):
        with at(morning - timedelta(minutes=1)):
            send_letters()
        assert mail.outbox == []
    with at(morning):
        send_letters()
    assert len(mail.outbox) == 1
    assert timezone.localtime(morning).hour == 8


def test_another_choice_holds_for_what_waits_already(told: World) -> None:
    coordinator = told.person("coordinator")
    choose_digest(coordinator, "weekly")
    submitted(told)
    choose_digest(coordinator, "at_once")
    with later(minutes=4):
        send_letters()
    assert len(mail.outbox) == 1


def test_letters_go_with_a_mail_that_goes_anyway(told: World) -> None:
    """Something urgent comes at once, and with it what would have waited for the morning."""
    choose_digest(told.person("coordinator"), "weekly")
    submitted(told)
    urgent = submitted(told)
    Letter.objects.filter(dossier=urgent.pk).update(ripe_at=timezone.now())
    send_letters()
    assert mail.outbox[0].subject.startswith("News of 2 files")


def test_letters_are_forgotten_when_they_are_of_no_use_any_more(told: World) -> None:
    submitted(told)
    delivered()
    submitted(told)  # never sent: the worker is away
    with later(days=100):
        forget_old_letters()
    assert Letter.objects.count() == 1
    assert Letter.objects.get().mail is None
    assert Mail.objects.count() == 0


def test_a_mail_in_doubt_is_kept_until_somebody_has_decided(told: World) -> None:
    submitted(told)
    delivered()
    Mail.objects.update(state=Mail.State.UNKNOWN)
    with later(days=100):
        forget_old_letters()
    assert (Letter.objects.count(), Mail.objects.count()) == (1, 1)


def test_letters_of_a_kind_that_nobody_knows_are_dropped(told: World) -> None:
    submitted(told)
    Letter.objects.update(kind="of a later version")
    assert delivered() == []
    assert Letter.objects.get().dropped_at
