"""Reminding people of files: once each, when the workflow says, while it still waits."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.definitions.durations import after
from accreditation_engine.definitions.reminders import Reminder
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine import registry
from accreditation_engine.engine.perform import perform
from accreditation_engine.organisations.letters.choosing import choose_digest
from accreditation_engine.organisations.letters.models import Letter, ReminderMade
from accreditation_engine.organisations.letters.reminder_times import (
    PATIENCE,
    Span,
    due_of,
    longest,
    moment_of,
    shortest,
)
from accreditation_engine.organisations.letters.reminding import remind
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Event
from tests.support.post import delivered
from tests.support.world import TINY, World, changed

pytestmark = pytest.mark.django_db

REMINDING = changed(
    TINY,
    (
        "    deadline: {after: P30D, then: lapse}\n",
        "    deadline: {after: P30D, then: lapse}\n"
        "    reminders:\n"
        "      - {before: P10D, to: applicant}\n"
        "      - {before: P3D, to: applicant}\n"
        "      - {after: P2D, escalate: coordinator}\n",
    ),
    (
        "waits_for: coordinator, shows",
        "waits_for: coordinator, reminders: [{since: P14D, to: coordinator}], shows",
    ),
)


@pytest.fixture
def draft(world: World) -> Dossier:
    world.scheme(REMINDING)
    User.objects.update(language="en")
    return world.dossier("draft", scheme="tiny")


def days_on(dossier: Dossier, days: float) -> time_machine.travel:
    return time_machine.travel(dossier.entered_at + timedelta(days=days), tick=False)


def readers() -> list[str]:
    return list(Letter.objects.order_by("written_at").values_list("role", flat=True))


def test_people_are_reminded_once_at_each_moment(draft: Dossier) -> None:
    for days, letters in ((19, 0), (20.1, 1), (20.2, 1), (26.9, 1), (27.1, 2), (29, 2)):
        with days_on(draft, days):
            remind()
            remind()
        assert Letter.objects.count() == letters
    assert readers() == ["applicant"] * 2


def test_one_reminder_is_sent_when_several_moments_passed_without_a_worker(draft: Dossier) -> None:
    with days_on(draft, 29):
        remind()
    assert Letter.objects.count() == 1
    assert dict(ReminderMade.objects.values_list("rule", "skipped")) == {
        "before P10D to applicant": True,
        "before P3D to applicant": False,
    }


def test_whoever_sees_to_it_is_told_when_the_deadline_stands_behind(world: World, draft: Dossier) -> None:
    """The system could not take its step: nobody swept."""
    with days_on(draft, 32.1):
        remind()
        assert readers() == ["applicant", "coordinator"]
        mails = {each.to[0]: each for each in delivered()}
    escalated = Letter.objects.get(role="coordinator")
    assert escalated.urgent
    assert "“Draft” is late: it waits for: applicant." in mails[world.person("coordinator").email].body


def test_somebody_who_reads_no_file_is_told_of_what_is_escalated_to_them(world: World) -> None:
    """But not where the file stands now, and without a link that would lead nowhere."""
    world.scheme(changed(REMINDING, ("escalate: coordinator}", "escalate: administrator}")))
    User.objects.update(language="en")
    draft = world.dossier("draft", scheme="tiny")
    with days_on(draft, 32.1):
        remind()
        mails = {each.to[0]: each for each in delivered()}
    body = mails[world.person("administrator").email].body
    assert "“Draft” is late: it waits for: applicant." in body
    assert "/files/" not in body
    assert "The file is now" not in body


def test_nobody_is_told_of_a_deadline_that_the_system_is_about_to_keep(world: World) -> None:
    world.scheme(
        changed(REMINDING, ("{after: P2D, escalate: coordinator}", "{at: deadline, to: coordinator}"))
    )
    draft = world.dossier("draft", scheme="tiny")
    with days_on(draft, 30):
        remind()
        assert "coordinator" not in readers()
    with time_machine.travel(draft.entered_at + timedelta(days=30) + PATIENCE, tick=False):
        remind()
        assert "coordinator" in readers()


def test_a_file_that_waits_without_a_deadline_is_brought_to_mind(world: World, draft: Dossier) -> None:
    perform(draft, "submit", world.applicant)
    with days_on(draft, 14.1):
        remind()
        (message,) = delivered()
    assert message.to == [world.person("coordinator").email]
    assert "“Checking” waits for you since" in message.body


def test_nobody_is_reminded_of_a_file_that_has_moved_on_before_the_mail_goes(
    world: World, draft: Dossier
) -> None:
    with days_on(draft, 27.1):
        remind()
        perform(draft, "submit", world.applicant)
        assert delivered() == []


def test_a_state_that_is_entered_anew_has_its_reminders_anew(world: World, draft: Dossier) -> None:
    with days_on(draft, 27.1):
        remind()
        perform(draft, "submit", world.applicant)
        perform(draft, "send_back", world.person("coordinator"), comment="ناقص")
        remind()
    assert Letter.objects.count() == 1
    with days_on(draft, 20.1):
        remind()
    assert Letter.objects.count() == 2


def test_a_step_back_to_its_own_state_reminds_of_nothing_anew(world: World, draft: Dossier) -> None:
    with days_on(draft, 27.1):
        remind()
        perform(draft, "remark", world.person("coordinator"))
        remind()
    assert Letter.objects.count() == 1


def test_a_reminder_is_no_event(draft: Dossier) -> None:
    before = Event.objects.count()
    with days_on(draft, 27.1):
        remind()
    assert Event.objects.count() == before


def test_a_reminder_waits_for_no_weekly_mail_when_that_came_too_late(world: World, draft: Dossier) -> None:
    choose_digest(world.applicant, "weekly")
    with days_on(draft, 27.1):
        remind()
        assert Letter.objects.get().ripe_at <= draft.deadline_at  # type: ignore[operator]


def test_all_reminders_are_found_in_one_query_whatever_waits(world: World, draft: Dossier) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            remind()
        return len([each for each in captured.captured_queries if "SAVEPOINT" not in each["sql"]])

    found = 1 + len(registry.subjects)  # the editions, and one for files, findings and certificates each
    with days_on(draft, 20.1):
        assert cost() == found + 3  # the people, what was made, and the letters
        assert cost() == found
    for _ in range(5):
        world.dossier("draft", scheme="tiny")
    with days_on(Dossier.objects.order_by("-entered_at")[0], 20.1):
        assert cost() == found + 3
    assert Letter.objects.count() == 6


# When


MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1)).map(timezone.make_aware)  # noqa: DTZ001
LENGTHS = st.sampled_from(["P3D", "P1M", "P1Y", "P2W", "PT12H", "P1Y1M", "P11M3D"])


@given(MOMENTS, LENGTHS)
def test_no_month_is_longer_or_shorter_than_it_may_be(moment: datetime, length: str) -> None:
    assert shortest(length) <= after(moment, length) - moment <= longest(length) + timedelta(hours=1)


REMINDERS = st.lists(
    st.one_of(
        LENGTHS.map(lambda each: {"before": each}),
        LENGTHS.map(lambda each: {"after": each}),
        LENGTHS.map(lambda each: {"since": each}),
        st.just({"at": "deadline"}),
    ).flatmap(
        lambda when: st.sampled_from(["applicant", "panel"]).map(lambda role: Reminder(**when, to=role))
    ),
    max_size=6,
    unique=True,
)


@given(REMINDERS, MOMENTS, MOMENTS | st.none(), MOMENTS)
def test_each_role_gets_the_latest_of_what_is_due_and_nothing_is_made_twice(
    reminders: list[Reminder], begin: datetime, end: datetime | None, now: datetime
) -> None:
    span = Span(begin, end)
    found = due_of(reminders, span, (), now)
    moments = {each: moment_of(each, span) for each in reminders}
    assert set(found.made) == {each for each, moment in moments.items() if moment and moment <= now}
    assert {each.role for each in found.sent} == {each.role for each in found.made}
    for sent in found.sent:
        others = [each for each in found.made if each.role == sent.role]
        assert moments[sent] == max(moments[each] for each in others)  # type: ignore[type-var]
    assert due_of(reminders, span, {each.key for each in found.made}, now).made == ()
