"""Recomputing the trail: every hash, every link, every column, and what lies beside the events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from .content import digest_of, text_digest, timestamp
from .models import Event, Head, Name, Text

AT_ONCE = 2000


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, a code, and what was found. `seq` is the event that is wrong or, where
    events are gone, the first that is missing."""

    stream: UUID
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


def verify(*, stream: UUID | None = None, tally: Tally | None = None) -> Iterator[Problem]:
    """Every problem of the whole trail, or of one stream, in the order of streams and their events.

    Memory does not grow with the trail. `tally`, when given, is kept up to date as the check goes on.
    """
    counted = tally or Tally()
    yield from _events(stream, counted)
    yield from _texts(stream, counted)
    if stream is None:
        yield from _names()


def _events(stream: UUID | None, tally: Tally) -> Iterator[Problem]:
    heads = _only(Head.objects.order_by("stream"), stream).iterator(AT_ONCE)
    head = next(heads, None)
    last: Event | None = None
    beside = Text.objects.filter(stream=OuterRef("stream"), seq=OuterRef("seq"))
    events = Event.objects.order_by("stream", "seq").annotate(has_text=Exists(beside))
    for event in _only(events, stream).iterator(AT_ONCE):
        if last is None or event.stream != last.stream:
            head = yield from _end_of_stream(last, head, heads, event.stream)
            tally.streams, last = tally.streams + 1, None
        yield from _event(event, last)
        tally.events, last = tally.events + 1, event
    yield from _end_of_stream(last, head, heads, None)


def _end_of_stream(
    last: Event | None, head: Head | None, heads: Iterator[Head], upcoming: UUID | None
) -> Any:
    """Compare the last event of a stream with its head; then report heads whose streams are gone."""
    if last is not None and (head is None or head.stream != last.stream):
        yield Problem(last.stream, last.seq, "headless", "the stream has events and no head")
    while head is not None and (upcoming is None or _before(head.stream, upcoming)):
        if last is None or head.stream != last.stream:
            yield Problem(head.stream, 1, "gone", f"all {head.seq} events of this stream are missing")
        elif head.seq > last.seq:
            yield Problem(last.stream, last.seq + 1, "cut off", f"the stream once had {head.seq} events")
        elif (head.seq, head.hash) != (last.seq, last.hash):
            yield Problem(last.stream, last.seq, "inserted", f"the head of the stream is event {head.seq}")
        head = next(heads, None)
    return head


def _before(one: UUID, other: UUID) -> bool:
    return one.hex < other.hex


def _event(event: Any, last: Event | None) -> Iterator[Problem]:
    expected, previous = (last.seq + 1, last.hash) if last else (1, "")
    body = bytes(event.body)
    if event.seq != expected:
        gap = f"events {expected} to {event.seq - 1} are missing"
        yield Problem(event.stream, expected, "deleted", gap)
    elif event.previous != previous:
        yield Problem(event.stream, event.seq, "unlinked", "it does not continue the event before it")
    if digest_of(body) != event.hash:
        yield Problem(event.stream, event.seq, "edited", "its hash is not the hash of its content")
    if b'"comment_digest":null' not in body and not event.has_text:
        yield Problem(event.stream, event.seq, "text", "the comment that it speaks of is gone")
    different = _different_columns(event, body)
    if different:
        columns = ", ".join(different)
        yield Problem(event.stream, event.seq, "edited", f"columns differ from its content: {columns}")


def _different_columns(event: Event, body: bytes) -> list[str]:
    try:
        said = json.loads(body)
        actor = said["actor"]["id"]
    except (ValueError, KeyError, TypeError):
        return ["body"]
    stored = _as_said(event, actor=str(event.actor) if event.actor else None)
    return [name for name, value in stored.items() if (actor if name == "actor" else said.get(name)) != value]


def _as_said(event: Event, *, actor: str | None) -> dict[str, Any]:
    """The columns of an event, as its body would say them."""
    words = ("role", "edition", "transition", "source", "target", "previous")
    return {
        "stream": str(event.stream),
        "seq": event.seq,
        "at": timestamp(event.at),
        "kind": event.kind,
        "actor": actor,
        **{name: getattr(event, name) or None for name in words},
    }


def _texts(stream: UUID | None, tally: Tally) -> Iterator[Problem]:
    """Comments against the digests that their events carry. An erased text has nothing to compare."""
    bodies = Event.objects.filter(stream=OuterRef("stream"), seq=OuterRef("seq")).values("body")
    texts = _only(Text.objects.order_by("stream", "seq").annotate(body=Subquery(bodies[:1])), stream)
    for each in texts.iterator(AT_ONCE):
        tally.texts += 1
        carried = None if each.body is None else json.loads(bytes(each.body)).get(f"{each.field}_digest")
        if carried is None:
            yield Problem(each.stream, each.seq, "text", "a text lies beside no event that mentions it")
        elif each.text is not None and text_digest(bytes(each.salt), each.text) != carried:
            yield Problem(
                each.stream, each.seq, "text", f"the {each.field} is not the one the event speaks of"
            )


def _names() -> Iterator[Problem]:
    for each in Name.objects.exclude(name=None).iterator(AT_ONCE):
        if text_digest(bytes(each.salt), each.name or "") != each.digest:
            yield Problem(each.actor, 0, "name", "a name is not the one that events speak of")


def _only(rows: QuerySet[Any], stream: UUID | None) -> QuerySet[Any]:
    return rows if stream is None else rows.filter(stream=stream)
