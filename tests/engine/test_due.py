"""When a time limit ends, on the calendar of a scheme."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import holidays
import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accreditation_engine.definitions import working_days
from accreditation_engine.definitions.calendars import Counts
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.deadlines import sweep
from accreditation_engine.engine.due import falls_due
from accreditation_engine.engine.perform import perform, perform_many
from accreditation_engine.engine.replay.sharing import differences
from accreditation_engine.trail import protection
from accreditation_engine.trail.models import Event
from tests.support.world import TINY, World, changed, in_state, new_world, read

pytestmark = pytest.mark.django_db

EGYPT = "calendar: {country: EG, weekend: [friday, saturday], moves: next_working_day}"
ON_A_CALENDAR = changed(TINY, ("initial: draft\n", f"initial: draft\n{EGYPT}\n"))
IN_WORKING_DAYS = changed(ON_A_CALENDAR, ("after: P30D", "after: P10D, counts: working_days"))
SUNDAY = datetime(2026, 1, 4, 10, 30, tzinfo=UTC)


def due(text: str, since: datetime, duration: str, counts: Counts = "calendar_days") -> str:
    (workflow,) = read(text).workflows.values()
    return timezone.localtime(falls_due(workflow, since, duration, counts)).strftime("%a %Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("text", "duration", "counts", "ends"),
    [
        (TINY, "P5D", "calendar_days", "Fri 2026-01-09 12:30"),
        (ON_A_CALENDAR, "P4D", "calendar_days", "Thu 2026-01-08 12:30"),
        (ON_A_CALENDAR, "P5D", "calendar_days", "Sun 2026-01-11 23:59"),  # a Friday
        (ON_A_CALENDAR, "P3D", "calendar_days", "Thu 2026-01-08 23:59"),  # a holiday
        (ON_A_CALENDAR, "PT2H", "calendar_days", "Sun 2026-01-04 14:30"),
        (ON_A_CALENDAR, "P10D", "working_days", "Mon 2026-01-19 23:59"),
    ],
)
def test_a_time_limit_ends_when_the_calendar_says(
    text: str, duration: str, counts: Counts, ends: str
) -> None:
    assert due(text, SUNDAY, duration, counts) == ends


def test_the_day_is_that_of_the_site_when_it_is_another_one_elsewhere() -> None:
    """Half past eleven in the evening in London is Monday in Cairo."""
    late = datetime(2026, 1, 11, 23, 30, tzinfo=UTC)
    assert due(IN_WORKING_DAYS, late, "P1D", "working_days") == "Tue 2026-01-13 23:59"


@pytest.fixture
def world(db: None) -> World:
    """With people whose roles held already when the year began."""
    with time_machine.travel(datetime(2025, 12, 1, tzinfo=UTC)):
        return new_world()


@pytest.fixture
def draft(world: World) -> Dossier:
    world.scheme(IN_WORKING_DAYS)
    with time_machine.travel(SUNDAY, tick=False):
        return world.dossier("draft", scheme="tiny")


def test_the_event_keeps_the_deadline_when_it_was_reckoned_on_a_calendar(
    world: World, draft: Dossier
) -> None:
    opened = Event.objects.get(stream=draft.pk, kind="opened")
    assert opened.data["deadline"] == "2026-01-19T21:59:59.999999Z"
    assert draft.deadline_at == in_state(draft)["deadline_at"]
    with time_machine.travel(datetime(2026, 1, 5, 8, tzinfo=UTC), tick=False):
        moved = perform(draft, "submit", world.applicant)
        back = perform(draft, "send_back", world.person("coordinator"), comment="ناقص")
    assert "deadline" not in moved.data
    assert back.data["deadline"] == "2026-01-20T21:59:59.999999Z"
    assert draft.deadline_at == datetime.fromisoformat(back.data["deadline"])


def test_a_step_back_to_its_own_state_keeps_the_deadline(world: World, draft: Dossier) -> None:
    before = in_state(draft)["deadline_at"]
    with time_machine.travel(datetime(2026, 1, 12, 8, tzinfo=UTC), tick=False):
        event = perform(draft, "remark", world.person("coordinator"))
    assert "deadline" not in event.data
    assert in_state(draft)["deadline_at"] == before


def test_nobody_else_writes_what_the_engine_keeps(world: World, draft: Dossier) -> None:
    with pytest.raises(ValueError, match="'deadline' in an event is what the engine keeps"):
        perform_many([draft], "submit", world.applicant, data={"deadline": "2030-01-01T00:00:00Z"})


def test_the_system_moves_it_when_the_working_days_are_over(draft: Dossier) -> None:
    for moment, moved in (
        (datetime(2026, 1, 19, 21, 59, tzinfo=UTC), 0),
        (datetime(2026, 1, 19, 22, tzinfo=UTC), 1),
    ):
        with time_machine.travel(moment, tick=False):
            assert sum(len(result.events) for result in sweep()) == moved


@pytest.fixture
def another_holiday(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The government announces one, and the next release of the library knows it."""
    known = holidays.country_holidays

    def announced(country: str, **more: Any) -> Any:
        return known(country, **more) | {date(2026, 1, 13): "announced"}

    def announce() -> None:
        monkeypatch.setattr(holidays, "country_holidays", announced)
        working_days.public_holidays.cache_clear()

    yield announce
    working_days.public_holidays.cache_clear()


def test_a_deadline_stays_when_a_holiday_is_announced_later(draft: Dossier, another_holiday: Any) -> None:
    another_holiday()
    assert due(IN_WORKING_DAYS, SUNDAY, "P10D", "working_days") == "Tue 2026-01-20 23:59"
    assert list(differences(draft.pk)) == []
    assert in_state(draft)["deadline_at"] == datetime(2026, 1, 19, 21, 59, 59, 999999, tzinfo=UTC)


def test_a_deadline_that_is_not_the_kept_one_is_named(draft: Dossier) -> None:
    with protection.lifted(connection):
        Dossier.objects.filter(pk=draft.pk).update(deadline_at=SUNDAY)
    (problem,) = differences(draft.pk)
    assert "deadline_at" in problem.detail


def test_a_scheme_without_a_calendar_keeps_nothing(world: World) -> None:
    world.scheme(TINY)
    dossier = world.dossier("draft", scheme="tiny")
    assert "deadline" not in Event.objects.get(stream=dossier.pk).data
    assert compiled(dossier.edition_id).workflow.calendar is None
