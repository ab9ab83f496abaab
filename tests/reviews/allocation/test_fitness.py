"""What keeps a reviewer out of a draw."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.reviews.allocation.fitness import Known, Wanted, reasons_against

TODAY = date(2026, 11, 26)
WANTED = Wanted("ar", "health", "EG", TODAY, TODAY + timedelta(days=21), not_twice=True)


def codes(known: Known, wanted: Wanted = WANTED) -> list[str]:
    return [each["code"] for each in reasons_against(known, wanted)]


def days(first: int, last: int) -> tuple[date, date]:
    return TODAY + timedelta(days=first), TODAY + timedelta(days=last)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (Known(), []),
        (Known(barred=[{"code": "has_interest", "interests": ["coach"]}]), ["has_interest"]),
        (Known(takes={"language": ["en"], "sector": ["health"]}), ["language_not_taken"]),
        (
            Known(takes={"sector": ["culture"], "country": ["JO", "LB"]}),
            ["sector_not_taken", "country_not_taken"],
        ),
        (Known(load=3, most=3), ["load_full"]),
        (Known(load=2, most=3), []),
        (Known(load=0, most=0), ["load_full"]),
        (Known(away=[days(0, 0)]), ["on_leave"]),
        (Known(away=[days(2, 11)]), []),
        (Known(away=[days(2, 12)]), ["on_leave"]),
        (Known(away=[days(1, 5), days(10, 15)]), ["on_leave"]),
        (Known(away=[days(30, 60), days(-9, -1)]), []),
        (Known(ended=True, reviewed_before=True), ["had_before", "reviewed_before"]),
    ],
)
def test_reasons_are_those_that_stand(known: Known, expected: list[str]) -> None:
    assert codes(known) == expected


def test_nobody_is_out_for_what_nobody_said_of_the_organisation() -> None:
    silent = Wanted("", "", "", TODAY, TODAY)
    known = Known(takes={"language": ["en"], "sector": ["health"], "country": ["EG"]}, reviewed_before=True)
    assert codes(known, silent) == []


@given(st.integers(0, 40), st.lists(st.tuples(st.integers(-10, 50), st.integers(0, 30)), max_size=4))
def test_leave_counts_by_days_however_it_is_cut(length: int, cut: list[tuple[int, int]]) -> None:
    away = [days(first, first + more) for first, more in cut]
    wanted = Wanted("", "", "", TODAY, TODAY + timedelta(days=length))
    review = {TODAY + timedelta(days=number) for number in range(length + 1)}
    off = {day for day in review if any(begins <= day <= ends for begins, ends in away)}
    out = TODAY in off or len(off) * 2 >= len(review)
    assert bool(reasons_against(Known(away=away), wanted)) is out
