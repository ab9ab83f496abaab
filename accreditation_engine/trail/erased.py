"""What is erased against the events that say so, and the other way round.

Events are read before texts: an event and the text it erases change in one transaction, so an event that was seen
has its text gone by then. A text that went meanwhile is looked up once more.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from . import stored
from .erasure import COMMENT, NAME
from .problems import Problem, number, problem

Key = tuple[bytes, str, str]
"""Stream as its column holds it, what, and which: the number of an event, or the digest of a name."""


def compare_erased(stream: UUID | None) -> Iterator[Problem]:
    """A problem for each text and name that went without an event, and for each event whose text is still there.
    Memory grows with the number of erasures alone."""
    said = dict(_said(stream))
    gone = dict(_gone(stream))
    for (where, what, which), seq in gone.items():
        if (where, what, which) not in said and (where, what, which) not in _said_meanwhile(where):
            thing = "the comment" if what == COMMENT else f"the name {which}"
            yield problem(where, seq, "erased", f"{thing} is gone and no event says that it was erased")
    for (where, what, which), seq in said.items():
        if what in (COMMENT, NAME) and (where, what, which) not in gone:
            thing = f"the comment of event {which}" if what == COMMENT else f"the name {which}"
            yield problem(where, seq, "erased", f"it says that {thing} was erased, and it was not")


def _said_meanwhile(where: bytes) -> dict[Key, int]:
    return dict(_said(where.decode(errors="replace")))


def _said(stream: Any) -> Iterator[tuple[Key, int]]:
    """What events say was erased, with the number of the event."""
    for where, seq, body in stored.events_of_kind("erased", stream):
        try:
            data = json.loads(body)["data"]
            what = str(data["what"])
            which = str(data["seq" if what == COMMENT else "digest"]) if what in (COMMENT, NAME) else ""
        except (ValueError, LookupError, TypeError, RecursionError):
            continue  # named as edited already
        yield (where, what, which), number(seq)


def _gone(stream: Any) -> Iterator[tuple[Key, int]]:
    """What is null, with the number of the event it belongs to, 0 for a name."""
    for where, seq in stored.texts_erased(stream):
        yield (where, COMMENT, seq.decode(errors="replace")), number(seq)
    for bearer, digest in stored.names_erased(stream):
        yield (bearer, NAME, digest.decode(errors="replace")), 0
