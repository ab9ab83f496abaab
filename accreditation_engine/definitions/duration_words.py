"""Durations as people say them: P30D is "30 days" and ٣٠ يوما, written with Western digits.

babel has no long Arabic forms of these units (2.18), so the five that counting needs stand here.
"""

from __future__ import annotations

from .durations import parts

_ENGLISH = {
    "years": "year",
    "months": "month",
    "weeks": "week",
    "days": "day",
    "hours": "hour",
    "minutes": "minute",
}
_ARABIC = {  # one, two, 3 to 10, 11 to 99, the rest
    "years": ("سنة", "سنتان", "سنوات", "سنة", "سنة"),
    "months": ("شهر", "شهران", "أشهر", "شهرا", "شهر"),
    "weeks": ("أسبوع", "أسبوعان", "أسابيع", "أسبوعا", "أسبوع"),
    "days": ("يوم", "يومان", "أيام", "يوما", "يوم"),
    "hours": ("ساعة", "ساعتان", "ساعات", "ساعة", "ساعة"),
    "minutes": ("دقيقة", "دقيقتان", "دقائق", "دقيقة", "دقيقة"),
}


def in_words(duration: str, language: str) -> str:
    """`duration` in the words of `language` ("ar" or "en"). Raises ValueError when it is none."""
    counted = [(count, unit) for unit, count in parts(duration).items() if count]
    if language.startswith("en"):
        return ", ".join(f"{count} {_ENGLISH[unit]}{'' if count == 1 else 's'}" for count, unit in counted)
    return " و".join(_counted_in_arabic(count, _ARABIC[unit]) for count, unit in counted)


def _counted_in_arabic(count: int, forms: tuple[str, ...]) -> str:
    one, two, few, many, rest = forms
    if count in (1, 2):
        return (one, two)[count - 1]
    if 3 <= count % 100 <= 10:
        return f"{count} {few}"
    return f"{count} {many if 11 <= count % 100 <= 99 else rest}"
