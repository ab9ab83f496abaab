"""Recomputing the trail: every hash, every link, every column, and what lies beside the events.

The whole trail is scanned, and what does not pass is inspected event by event to say what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from . import stored
from .content import digest_of
from .erased import compare_erased
from .inspection import Mentions, inspect
from .parallel import processes_for, rough_number_of_events, shared_scan
from .problems import Problem, Tally, number, problem
from .scan import Scan
from .shares import UNREADABLE, Share
from .stored import identity
from .transparency.verification import planted

__all__ = ["Problem", "Tally", "verify"]


def verify(
    *, stream: UUID | None = None, tally: Tally | None = None, processes: int | None = None
) -> Iterator[Problem]:
    """Every problem of the whole trail, or of one stream: first those of events, in the order of streams and
    events, then what has lost its events, then names, then what was erased, then what the tree of all events says
    otherwise.

    Memory grows with the number of people who act, not with the trail. `tally`, when given, is kept up to
    date as the check goes on. A large trail is shared among `processes`, one for each processor when it is None.
    """
    tally, mentions = tally or Tally(), Mentions()
    tree: Iterable[Problem] | None = None
    if stream is not None:
        yield from inspect(stream, tally, mentions)
    elif (many := processes or processes_for(rough_number_of_events())) > 1:
        shares, tree = shared_scan(many, tally)
        yield from _inspected(shares, tally, mentions)
    else:
        yield from _scanned(tally, mentions)
    for gone, seq in stored.heads_alone(stream):
        yield problem(gone, 1, "gone", f"all {number(seq)} events of this stream are missing")
    for lonely, seq in stored.texts_alone(stream):
        yield problem(lonely, number(seq), "text", "a text lies beside no event that mentions it")
    yield from _names(mentions, of_all=stream is None)
    yield from compare_erased(stream)
    yield from planted(stream, tally) if tree is None else tree


def _scanned(tally: Tally, mentions: Mentions) -> Iterator[Problem]:
    """What is wrong with events, by one process."""
    scan, looked_at = Scan(tally), set[bytes]()
    try:
        for suspect in scan.suspects():
            yield from inspect(suspect, tally, mentions)
            looked_at.add(str(suspect).encode())
    except UNREADABLE:
        yield from _everything(tally, mentions, frozenset(looked_at))
        return
    _add(scan.mentions(), mentions)


def _inspected(shares: list[Share | None], tally: Tally, mentions: Mentions) -> Iterator[Problem]:
    """What is wrong with events, after others have scanned them."""
    if None in shares:
        yield from _everything(tally, mentions)
        return
    for share in filter(None, shares):
        for suspect in share.suspects:
            yield from inspect(suspect, tally, mentions)
        _add(share.mentions, mentions)


def _everything(tally: Tally, mentions: Mentions, but: frozenset[bytes] = frozenset()) -> Iterator[Problem]:
    """A column holds what no column should: look at all events closely."""
    tally.streams, tally.events, tally.texts = 0, 0, 0
    yield from inspect(None, tally, mentions, but)


def _add(found: Mentions, mentions: Mentions) -> None:
    for who, where in found.items():
        mentions.setdefault(who, where)


def _names(mentioned: Mentions, *, of_all: bool) -> Iterator[Problem]:
    """Names against the digests that events carry. An erased name has nothing to compare."""
    bearers: dict[str, list[tuple[str, bytes, int]]] = {}
    for (person, digest), (stream, seq) in mentioned.items():
        bearers.setdefault(digest, []).append((person, stream, seq))
    for each in stored.names():
        digest = each.digest.decode(errors="replace")
        borne = bearers.pop(digest, [])
        if not borne and not of_all:
            continue
        if each.name is not None and digest_of(each.salt + each.name) != digest:
            yield problem(each.actor, 0, "name", "a name is not the one that events speak of")
        for person, stream, seq in borne:
            if each.actor != identity(person).encode():
                yield problem(stream, seq, "name", "the name of its actor belongs to another")
    for _person, stream, seq in (each for borne in bearers.values() for each in borne):
        yield problem(stream, seq, "name", "the name of its actor is gone")
