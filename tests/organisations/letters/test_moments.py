"""When a letter goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.organisations.letters.moments import GATHERED, next_digest, ripe_at

WEDNESDAY = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)  # half past eleven in Cairo
DIGESTS = st.sampled_from(["at_once", "daily", "weekly"])
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def said(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%a %Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("digest", "due_in_days", "urgent", "goes"),
    [
        ("at_once", None, False, "Wed 2026-11-25 11:33"),
        ("daily", None, False, "Thu 2026-11-26 08:00"),
        ("weekly", None, False, "Sun 2026-11-29 08:00"),
        ("weekly", None, True, "Wed 2026-11-25 11:33"),
        ("weekly", 2, False, "Wed 2026-11-25 11:33"),  # before Sunday
        ("weekly", 9, False, "Sun 2026-11-29 08:00"),
        ("daily", 2, False, "Thu 2026-11-26 08:00"),
        ("weekly", -2, False, "Sun 2026-11-29 08:00"),  # over: it could not come in time any more
    ],
)
def test_a_letter_goes_with_the_next_mail_unless_that_came_too_late(
    digest: str, due_in_days: int | None, urgent: bool, goes: str
) -> None:
    due_at = None if due_in_days is None else WEDNESDAY + timedelta(days=due_in_days)
    assert said(ripe_at(digest, WEDNESDAY, due_at=due_at, urgent=urgent)) == goes


@given(DIGESTS, MOMENTS, MOMENTS | st.none(), st.booleans())
def test_no_letter_comes_after_its_deadline_for_want_of_a_mail(
    digest: str, now: datetime, due_at: datetime | None, urgent: bool
) -> None:
    goes = ripe_at(digest, now, due_at=due_at, urgent=urgent)
    assert goes >= now + GATHERED
    if urgent:
        assert goes == now + GATHERED
    if due_at is not None and due_at >= now:
        assert goes <= max(due_at, now + GATHERED)


@given(st.sampled_from(["daily", "weekly"]), MOMENTS)
def test_the_mail_of_a_day_or_week_comes_in_the_morning(digest: str, now: datetime) -> None:
    local = timezone.localtime(next_digest(digest, now))
    assert (local.hour, local.minute) == (8, 0)
    assert timedelta(0) < local - now <= timedelta(days=1 if digest == "daily" else 7, hours=1)
    assert digest == "daily" or local.strftime("%a") == "Sun"
