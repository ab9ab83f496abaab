from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from accreditation_engine.certificates.paper.dates import arabic_date, english_date
from accreditation_engine.certificates.paper.isolates import (
    left_to_right,
    one_line,
    own_direction,
    right_to_left,
)
from accreditation_engine.certificates.paper.numerals import percent


def test_arabic_date_has_egyptian_months_and_isolated_numbers() -> None:
    assert arabic_date(date(2026, 8, 9)) == "\u20669\u2069 أغسطس \u20662026\u2069"
    assert arabic_date(date(2026, 1, 31), "arabic-indic") == "\u2066٣١\u2069 يناير \u2066٢٠٢٦\u2069"


def test_english_date_is_day_month_year() -> None:
    assert english_date(date(2026, 12, 5)) == "5 December 2026"


@pytest.mark.parametrize(
    ("value", "western", "arabic"),
    [
        ("85.00", "85%", "٨٥٪"),
        ("88.50", "88.5%", "٨٨٫٥٪"),
        ("0", "0%", "٠٪"),
        ("100", "100%", "١٠٠٪"),
        ("1E+2", "100%", "١٠٠٪"),
    ],
)
def test_percent_leaves_out_idle_zeros(value: str, western: str, arabic: str) -> None:
    assert percent(Decimal(value), "western") == western
    assert percent(Decimal(value), "arabic-indic") == arabic


@pytest.mark.parametrize("isolate", [left_to_right, right_to_left, own_direction])
def test_isolate_cannot_be_closed_from_within(isolate) -> None:  # type: ignore[no-untyped-def]
    wrapped = isolate("a\u2069b\u202ec")
    assert wrapped[1:-1] == "abc"
    assert wrapped[-1] == "\u2069"


def test_one_line_keeps_what_shapes_letters_and_drops_what_breaks_lines() -> None:
    assert one_line(" a\n\tb\u2028c \u200cd ") == "a b c \u200cd"
