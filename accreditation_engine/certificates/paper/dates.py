"""Days as people write them: day, month, year."""

from __future__ import annotations

from datetime import date

from accreditation_engine.certificates.paper.isolates import left_to_right
from accreditation_engine.certificates.paper.numerals import Digits, in_digits

ARABIC_MONTHS = (
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
    "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
)  # fmt: skip
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def arabic_date(day: date, digits: Digits = "western") -> str:
    """`day` in Arabic with Egyptian month names; its numbers stand in isolates."""
    number, year = (left_to_right(in_digits(str(part), digits)) for part in (day.day, day.year))
    return f"{number} {ARABIC_MONTHS[day.month - 1]} {year}"


def english_date(day: date) -> str:
    """`day` in English, such as 5 March 2026."""
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
