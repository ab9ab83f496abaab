"""Recomputing the trail: every hash, every link, every column, and what lies beside the events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from . import stored
from .content import digest_of
from .stored import Row, identity, moment

WORDS = ("kind", "role", "edition", "transition", "source", "target", "previous")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, a code, and what was found. `stream` is what stands in its place where
    that is no UUID; for a name it is the person. `seq` is the event that is wrong or, where events are gone,
    the first that is missing."""

    stream: UUID | str
    seq: int
    code: str
    detail: str

    def __str__(self) -> str:
        return f"stream {self.stream} event {self.seq}: {self.code}: {self.detail}"


@dataclass
class Tally:
    """What has been looked at so far."""

    streams: int = 0
    events: int = 0
    texts: int = 0


@dataclass(frozen=True)
class _Mention:
    """The first event under a name: who bore it, and where."""

    actor: str
    stream: bytes
    seq: int


@dataclass
class _Checked:
    """What was seen so far: the last event, and the names that events mention."""

    tally: Tally
    last: Row | None = None
    seq: int = 0
    names: dict[str, _Mention] = field(default_factory=dict)


def verify(*, stream: UUID | None = None, tally: Tally | None = None) -> Iterator[Problem]:
    """Every problem of the whole trail, or of one stream: first those of events, in the order of streams and
    events, then what has lost its events, then names.

    Memory grows with the number of people who act, not with the trail. `tally`, when given, is kept up to
    date as the check goes on.
    """
    checked = _Checked(tally or Tally())
    yield from _events(stream, checked)
    for gone, seq in stored.heads_alone(stream):
        yield _problem(gone, 1, "gone", f"all {_number(seq)} events of this stream are missing")
    for lonely, seq in stored.texts_alone(stream):
        yield _problem(lonely, _number(seq), "text", "a text lies beside no event that mentions it")
    yield from _names(checked.names, of_all=stream is None)


def _events(stream: UUID | None, checked: _Checked) -> Iterator[Problem]:
    for row in stored.events(stream):
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
        yield _problem(last.stream, checked.seq, "headless", "the stream has events and no head")
        return
    once = _number(last.head_seq)
    if once > checked.seq:
        yield _problem(last.stream, checked.seq + 1, "cut off", f"the stream once had {once} events")
    else:
        yield _problem(
            last.stream, checked.seq, "inserted", f"the head of the stream is another event, {once}"
        )


def _event(row: Row, checked: _Checked) -> Iterator[Problem]:
    expected, seq = checked.seq + 1, _number(row.seq)
    if seq > expected:
        yield _problem(row.stream, expected, "deleted", f"events {expected} to {seq - 1} are missing")
    elif seq < expected:
        yield _problem(row.stream, seq, "inserted", f"it stands where event {expected} should")
    elif row.previous != (checked.last.hash if checked.last else b""):
        yield _problem(row.stream, seq, "unlinked", "it does not continue the event before it")
    checked.seq = seq
    if digest_of(row.body).encode() != row.hash:
        yield _problem(row.stream, seq, "edited", "its hash is not the hash of its content")
    try:
        said = json.loads(row.body)
        different = _different_columns(row, said)
        digest, actor, name = said["comment_digest"], said["actor"]["id"], said["actor"]["name_digest"]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        yield _problem(row.stream, seq, "edited", "its content is no event")
        return
    if different:
        columns = ", ".join(different)
        yield _problem(row.stream, seq, "edited", f"columns differ from its content: {columns}")
    yield from _comment(row, seq, digest)
    if name:
        checked.names.setdefault(name, _Mention(actor, row.stream, seq))


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
            yield _problem(row.stream, seq, "text", "a text lies beside it that it does not mention")
    elif row.salt is None:
        yield _problem(row.stream, seq, "text", "the comment that it speaks of is gone")
    elif row.comment is not None and digest_of(row.salt + row.comment) != digest:
        yield _problem(row.stream, seq, "text", "the comment is not the one it speaks of")


def _names(mentioned: dict[str, _Mention], *, of_all: bool) -> Iterator[Problem]:
    """Names against the digests that events carry. An erased name has nothing to compare."""
    missing = dict(mentioned)
    for each in stored.names():
        digest = each.digest.decode(errors="replace")
        mention = missing.pop(digest, None)
        if mention is None and not of_all:
            continue
        if each.name is not None and digest_of(each.salt + each.name) != digest:
            yield _problem(each.actor, 0, "name", "a name is not the one that events speak of")
        if mention is not None and each.actor != identity(mention.actor).encode():
            yield _problem(mention.stream, mention.seq, "name", "the name of its actor belongs to another")
    for mention in missing.values():
        yield _problem(mention.stream, mention.seq, "name", "the name of its actor is gone")


def _problem(stream: bytes, seq: int, code: str, detail: str) -> Problem:
    text = stream.decode(errors="replace")
    try:
        return Problem(UUID(text), seq, code, detail)
    except ValueError:
        return Problem(text, seq, code, detail)


def _number(seq: bytes) -> int:
    """0, which is nobody's number, for what is no number."""
    return int(seq) if seq.isdigit() else 0
