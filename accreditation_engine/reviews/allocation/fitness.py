"""Who can be drawn for a dossier: from facts to reasons, and nothing else. No database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Against = Mapping[str, Any]
"""Why somebody is not drawn, as the trail keeps it: `code`, and the numbers, codes and days that go with it."""


@dataclass(frozen=True)
class Wanted:
    """What a dossier asks of whoever reviews it: the organisation's `language`, `sector` and `country`, "" where
    nobody has said; the days of the review, from `today` to `until`, which are one where it is never due; and
    whether nobody is drawn who has reviewed the organisation before."""

    language: str
    sector: str
    country: str
    today: date
    until: date
    not_twice: bool = False


@dataclass(frozen=True)
class Known:
    """What is known of a reviewer. `barred` are reasons that bar every review, drawn or not. `takes` has the codes
    that the profile lists under `language`, `sector` and `country`; an empty list takes all. `load`
    is how many reviews the reviewer is writing, `most` how many at a time. `away` are days of leave, both ends
    included. `ended`: the reviewer had this dossier, and gave it back or lost it."""

    barred: Sequence[Against] = ()
    takes: Mapping[str, Sequence[str]] | None = None
    load: int = 0
    most: int | None = None
    away: Sequence[tuple[date, date]] = ()
    ended: bool = False
    reviewed_before: bool = False


def reasons_against(known: Known, wanted: Wanted) -> list[Against]:
    """All that keeps the reviewer out of the draw; nothing where they are in it."""
    return [
        *known.barred,
        *([{"code": "had_before"}] if known.ended else []),
        *([{"code": "reviewed_before"}] if wanted.not_twice and known.reviewed_before else []),
        *_not_taken(known.takes or {}, wanted),
        *_full(known),
        *_away(known.away, wanted),
    ]


def _not_taken(takes: Mapping[str, Sequence[str]], wanted: Wanted) -> Iterable[Against]:
    """What nobody has said of the organisation keeps nobody out."""
    for what in ("language", "sector", "country"):
        asked, taken = getattr(wanted, what), takes.get(what, ())
        if asked and taken and asked not in taken:
            yield {"code": f"{what}_not_taken", what: asked}


def _full(known: Known) -> Iterable[Against]:
    if known.most is not None and known.load >= known.most:
        yield {"code": "load_full", "load": known.load, "most": known.most}


def _away(away: Iterable[tuple[date, date]], wanted: Wanted) -> Iterable[Against]:
    """Whoever is away on the day of the draw, or for at least half of the days of the review, is not drawn: a few
    days in between are nobody's loss."""
    inside = sorted(each for each in away if each[0] <= wanted.until and each[1] >= wanted.today)
    off = {day for begins, ends in inside for day in _days(begins, ends, wanted)}
    if wanted.today in off or 2 * len(off) > (wanted.until - wanted.today).days:
        begins, ends = inside[0]
        yield {"code": "on_leave", "from": begins.isoformat(), "to": ends.isoformat()}


def _days(begins: date, ends: date, wanted: Wanted) -> Iterable[date]:
    """Those that fall into the time of the review."""
    first, last = max(begins, wanted.today), min(ends, wanted.until)
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
