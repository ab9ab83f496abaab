"""How long there is until something is due, in words."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import override

from accreditation_engine.portal.time_left import days_left


def test_time_left_is_counted_in_days() -> None:
    today = date(2026, 11, 26)
    with override("en"):
        said = [days_left(today + timedelta(days=days), today) for days in (-2, -1, 0, 1)]
    assert said == ["2 days late", "1 day late", "today is the last day", "1 day left"]
