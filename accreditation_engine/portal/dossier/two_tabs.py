"""Two tabs, two people, one form: nobody's work is written over unseen.

A form sends along the mark of every answer as it showed it. What was not touched in it is left alone, whatever
became of it elsewhere; what was touched both here and elsewhere is shown to the reader instead of being saved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from accreditation_engine.written import kept_text

from .rubrics import Key

Typed = tuple[str, str]
"""A rating and the text beside it."""
NOTHING: Typed = ("", "")


@dataclass(frozen=True)
class Merged:
    """`changes` are to be kept; `conflicts` were changed elsewhere since the form was opened."""

    changes: dict[Key, Typed]
    conflicts: list[Key]


def mark(typed: Typed) -> str:
    return hashlib.sha256("\0".join(typed).encode()).hexdigest()[:16]


def as_typed(rating: str, text: str) -> Typed:
    """What a form sent, in the form in which it is kept: browsers send their own ends of lines."""
    return rating.strip(), kept_text(text)


def merged(typed: Mapping[Key, Typed], marks: Mapping[Key, str], kept: Mapping[Key, Typed]) -> Merged:
    """What of `typed` is to be kept. A form without marks counts as one that showed nothing."""
    changes, conflicts = {}, []
    for key, new in typed.items():
        now, shown = kept.get(key, NOTHING), marks.get(key) or mark(NOTHING)
        if new == now or shown == mark(new):
            continue
        if shown == mark(now):
            changes[key] = new
        else:
            conflicts.append(key)
    return Merged(changes, conflicts)
