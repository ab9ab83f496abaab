"""Looking at events one by one, whatever lies in their columns, to say what exactly is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from . import stored
from .content import digest_of
from .moments import CLOCKS, lies_before
from .problems import Problem, Tally, number, problem
from .stored import Row, identity, moment

WORDS = ("kind", "role", "edition", "transition", "source", "target", "previous")

Mentions = dict[tuple[str, str], tuple[bytes, int]]
"""The first event (stream, number) under each name that somebody bore: {(person, digest of the name): event}."""


@dataclass
class _Checked:
    """What was seen so far."""

    tally: Tally
    mentions: Mentions
    last: Row | None = None
    seq: int = 0
    skip: frozenset[bytes] = field(default_factory=frozenset)


def inspect(
    stream: Any, tally: Tally, mentions: Mentions, skip: frozenset[bytes] = frozenset()
) -> Iterator[Problem]:
    """Every problem with the events of one stream, or of all when it is None, in their order; streams in `skip`,
    as a column shows them, are passed over. Adds to `tally` and to `mentions`."""
    checked = _Checked(tally, mentions, skip=skip)
    for row in stored.events(stream):
        if row.stream in skip:
            continue
        if checked.last is None or row.stream != checked.last.stream:
            yield from _end_of_stream(checked)
            checked.tally.streams, checked.last, checked.seq = checked.tally.streams + 1, None, 0
        yield from _event(row, checked)
        checked.tally.events, checked.last = checked.tally.events + 1, row
        checked.tally.texts += row.salt is not None
    yield from _end_of_stream(checked)


def _end_of_stream(checked: _Checked) -> Iterator[Problem]:
    """Compare the last event of a stream with its head."""
    last = checked.last
    if last is None or (last.seq, last.hash) == (last.head_seq, last.head_hash):
        return
    if last.head_seq is None:
        yield problem(last.stream, checked.seq, "headless", "the stream has events and no head")
        return
    once = number(last.head_seq)
    if once > checked.seq:
        yield problem(last.stream, checked.seq + 1, "cut off", f"the stream once had {once} events")
    else:
        yield problem(
            last.stream, checked.seq, "inserted", f"the head of the stream is another event, {once}"
        )


def _event(row: Row, checked: _Checked) -> Iterator[Problem]:
    expected, seq = checked.seq + 1, number(row.seq)
    if seq > expected:
        yield problem(row.stream, expected, "deleted", f"events {expected} to {seq - 1} are missing")
    elif seq < expected:
        yield problem(row.stream, seq, "inserted", f"it stands where event {expected} should")
    elif row.previous != (checked.last.hash if checked.last else b""):
        yield problem(row.stream, seq, "unlinked", "it does not continue the event before it")
    checked.seq = seq
    if digest_of(row.body).encode() != row.hash:
        yield problem(row.stream, seq, "edited", "its hash is not the hash of its content")
    try:
        said = json.loads(row.body)
        different = _different_columns(row, said)
        digest, actor, name = said["comment_digest"], said["actor"]["id"], said["actor"]["name_digest"]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        yield problem(row.stream, seq, "edited", "its content is no event")
        return
    if different:
        columns = ", ".join(different)
        yield problem(row.stream, seq, "edited", f"columns differ from its content: {columns}")
    else:
        yield from _moment(row, seq, checked.last)
    yield from _comment(row, seq, digest)
    if name:
        checked.mentions.setdefault((str(actor), str(name)), (row.stream, seq))


def _moment(row: Row, seq: int, last: Row | None) -> Iterator[Problem]:
    if last and lies_before(row.at, last.at, CLOCKS):
        yield problem(row.stream, seq, "moment", "it is dated before the event that it continues")


def _different_columns(row: Row, said: Any) -> list[str]:
    actor = said["actor"]["id"]
    expected: dict[str, bytes | None] = {name: (said[name] or "").encode() for name in WORDS}
    expected["stream"] = identity(said["stream"]).encode()
    expected["seq"] = str(said["seq"]).encode()
    expected["at"] = moment(said["at"]).encode()
    expected["actor"] = identity(actor).encode() if actor else None
    return [name for name, value in expected.items() if value != getattr(row, name)]


def _comment(row: Row, seq: int, digest: str | None) -> Iterator[Problem]:
    """A comment against the digest that its event carries. An erased text has nothing to compare."""
    if digest is None:
        if row.salt is not None:
            yield problem(row.stream, seq, "text", "a text lies beside it that it does not mention")
    elif row.salt is None:
        yield problem(row.stream, seq, "text", "the comment that it speaks of is gone")
    elif row.comment is not None and digest_of(row.salt + row.comment) != digest:
        yield problem(row.stream, seq, "text", "the comment is not the one it speaks of")
