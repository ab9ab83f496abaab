"""Somebody's dates at a secret address, for their calendar program."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from icalendar import Event as Dated

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.perform import perform
from accreditation_engine.organisations.domain import leave
from accreditation_engine.organisations.models import CalendarAddress, Membership, User
from accreditation_engine.portal.calendar.address import address_of, end, owner_of, renew, secret_of
from accreditation_engine.portal.calendar.entries import Entry
from accreditation_engine.portal.calendar.feed import feed_of
from accreditation_engine.reviews.models import Assignment, Finding
from tests.support.world import BADLY, TINY, World, changed

pytestmark = pytest.mark.django_db
ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def fetched(person: User, **headers: str) -> HttpResponse:
    """As a calendar program does it: nobody is signed in."""
    kept = CalendarAddress.objects.filter(person=person).first() or renew(person)
    return Client(headers=headers).get(reverse("calendar", args=[secret_of(kept)]))


def events(person: User) -> list[Dated]:
    return list(Calendar.from_ical(fetched(person).content).events)


def titles(person: User) -> list[str]:
    return [str(each["SUMMARY"]).translate(ISOLATES) for each in events(person)]


@pytest.fixture
def english(world: World) -> World:
    User.objects.update(language="en")
    return world


def test_a_file_that_waits_for_somebody_stands_in_their_calendar(english: World) -> None:
    english.scheme(TINY)
    draft = english.dossier("draft", scheme="tiny")
    (event,) = events(english.applicant)
    assert str(event["SUMMARY"]).translate(ISOLATES) == f"Deadline of file {draft.number}: Draft"
    assert event["UID"] == f"file-{draft.pk}@127.0.0.1"
    assert event["URL"] == f"{settings.SITE_URL}/files/{draft.pk}/"
    assert draft.deadline_at
    assert event.end == draft.deadline_at.replace(microsecond=0)
    assert event.start == event.end - timedelta(minutes=30)
    assert events(english.person("coordinator")) == []


def test_a_deadline_at_the_end_of_a_day_is_that_day(english: World) -> None:
    english.scheme(
        changed(
            TINY,
            ("initial: draft\n", "initial: draft\ncalendar: {weekend: [friday, saturday]}\n"),
            ("after: P30D", "after: P10D, counts: working_days"),
        )
    )
    draft = english.dossier("draft", scheme="tiny")
    (event,) = events(english.applicant)
    assert draft.deadline_at
    day = timezone.localdate(draft.deadline_at)
    assert (event.start, event.end) == (day, day + timedelta(days=1))


def test_a_deadline_leaves_the_calendar_when_the_file_moves_on(english: World) -> None:
    english.scheme(TINY)
    draft = english.dossier("draft", scheme="tiny")
    perform(draft, "submit", english.applicant)
    assert events(english.applicant) == []


def test_reviews_stand_in_the_calendar_of_their_reviewers_until_they_are_sent(english: World) -> None:
    dossier = english.dossier("in_review")
    assignment = Assignment.objects.filter(dossier=dossier).order_by("pk")[0]
    due = timezone.now() + timedelta(days=20)
    Assignment.objects.filter(pk=assignment.pk).update(due_at=due)
    own = [each for each in events(assignment.reviewer) if each["UID"].startswith("review-")]
    assert [each["UID"] for each in own] == [f"review-{assignment.pk}@127.0.0.1"]
    assert own[0].end == due.replace(microsecond=0)
    Assignment.objects.filter(pk=assignment.pk).update(sent_at=timezone.now())
    assert not [each for each in titles(assignment.reviewer) if each.startswith("Review due")]


def test_findings_stand_in_the_calendar_of_the_organisation(english: World) -> None:
    dossier = english.dossier("correcting", level=BADLY)
    finding = Finding.objects.filter(dossier=dossier).order_by("pk")[0]
    (event,) = (each for each in events(english.applicant) if each["UID"].startswith(f"finding-{finding.pk}"))
    assert event.start == finding.due_on
    assert event["URL"].endswith(f"#finding-{finding.pk}")


def test_the_bodys_own_deadlines_are_not_the_applicants(english: World) -> None:
    english.dossier("in_review")
    assert titles(english.applicant) == []


def test_whoever_has_left_finds_nothing_there_any_more(english: World) -> None:
    english.scheme(TINY)
    draft = english.dossier("draft", scheme="tiny")
    assert len(events(english.applicant)) == 1
    leave(membership=Membership.objects.get(organisation=draft.organisation), by=SYSTEM)
    assert events(english.applicant) == []


@pytest.mark.parametrize(("language", "title"), [("ar", "الموعد النهائي للملف"), ("en", "Deadline of file")])
def test_a_calendar_is_in_its_readers_language_whatever_the_program_asks_for(
    world: World, language: str, title: str
) -> None:
    world.scheme(TINY)
    world.dossier("draft", scheme="tiny")
    User.objects.update(language=language)
    world.applicant.refresh_from_db()
    response = fetched(world.applicant, **{"accept-language": "en" if language == "ar" else "ar"})
    assert response["Content-Language"] == language
    assert title in response.content.decode().replace("\r\n ", "")


def test_nothing_is_sent_again_that_has_not_changed(english: World) -> None:
    english.scheme(TINY)
    draft = english.dossier("draft", scheme="tiny")
    first = fetched(english.applicant)
    assert first.status_code == 200
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        again = fetched(english.applicant, **{"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        perform(draft, "submit", english.applicant)
        assert fetched(english.applicant, **{"if-none-match": first["ETag"]}).status_code == 200


def test_a_calendar_costs_the_same_whatever_it_holds(english: World) -> None:
    def cost() -> int:
        fetched(english.applicant)
        with CaptureQueriesContext(connection) as captured:
            assert fetched(english.applicant).status_code == 200
        return len(captured)

    english.dossier("correcting", level=BADLY)
    few = cost()
    for _ in range(3):
        english.dossier("correcting", level=BADLY)
    assert cost() == few <= 15


# The secret


def test_an_address_is_made_renewed_and_ended(world: World) -> None:
    assert address_of(world.applicant) == ""
    first = secret_of(renew(world.applicant))
    assert address_of(world.applicant) == f"{settings.SITE_URL}/calendar/{first}.ics"
    assert owner_of(first) == world.applicant
    second = secret_of(renew(world.applicant))
    assert owner_of(first) is None
    assert owner_of(second) == world.applicant
    end(world.applicant)
    assert owner_of(second) is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda secret: secret[:-1] + ("0" if secret[-1] != "0" else "1"),
        lambda secret: secret[:32],
        lambda secret: secret[:32] + "0" * 32,
        lambda secret: "0" * 64,
        lambda secret: secret + "0",
        lambda secret: "",
        lambda secret: "سر",
    ],
)
def test_whoever_does_not_know_the_whole_secret_learns_nothing(world: World, spoil: Any) -> None:
    guess = spoil(secret_of(renew(world.applicant)))
    assert owner_of(guess) is None
    assert Client().get(f"/calendar/{guess}.ics").status_code == 404


def test_the_table_alone_gives_nobody_an_address(world: World) -> None:
    kept = renew(world.applicant)
    assert kept.nonce not in secret_of(kept)[32:]
    assert owner_of(kept.nonce) is None


def test_nobody_who_may_not_sign_in_has_a_calendar(world: World) -> None:
    secret = secret_of(renew(world.applicant))
    User.objects.filter(pk=world.applicant.pk).update(is_active=False)
    assert owner_of(secret) is None


# The form


def test_lines_are_folded_and_texts_escaped(settings: Any) -> None:
    """RFC 5545: no line longer than 75 octets, and commas, semicolons and line ends in texts escaped."""
    long = "ملف؛ موعد, نهائي; طويل \\ جدا " * 20
    moment = datetime(2026, 1, 4, 10, tzinfo=timezone.get_default_timezone())
    entry = Entry("file-1", long, "one\ntwo", "http://x/", moment, moment)
    content = feed_of(User(language="ar"), [entry])
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\r\n" in content
    assert b"\n" not in content.replace(b"\r\n", b"")
    (event,) = Calendar.from_ical(content).events
    assert str(event["SUMMARY"]) == long
    assert str(event["DESCRIPTION"]) == "one\ntwo\nhttp://x/"


def test_a_feed_says_what_the_standard_asks_for(settings: Any) -> None:
    day = date(2026, 1, 4)
    changed_at = datetime(2026, 1, 1, tzinfo=timezone.get_default_timezone())
    content = feed_of(User(language="en"), [Entry("finding-1", "t", "", "http://x/", day, changed_at)])
    calendar = Calendar.from_ical(content)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    (event,) = calendar.events
    assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "URL"} <= set(event)
    assert b"DTSTART;VALUE=DATE:20260104" in content
    assert b"DTEND;VALUE=DATE:20260105" in content


def test_files_of_others_are_in_nobodys_calendar(english: World) -> None:
    english.scheme(TINY)
    dossier: Dossier = english.dossier("draft", scheme="tiny")
    assert dossier.number not in fetched(english.stranger).content.decode()
