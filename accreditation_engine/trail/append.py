"""Adding to the trail: the only writer of events."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from .canonical import NotCanonical, canonical_bytes, check_text
from .content import Entry, digest_of, event_object, text_digest
from .models import Event, Head, Text
from .rows import insert, locked
from .stored import table_of

Heads = dict[UUID, tuple[int, str]]
SALT_BYTES = 16


def lock_heads(streams: Iterable[UUID]) -> Heads:
    """The last sequence number and hash of each stream, locked until the transaction ends.

    A stream without events is not among them. Locks are taken in one order, so that two batches that share
    streams wait for each other instead of blocking each other.
    """
    return {stream: (seq, hash_) for stream, seq, hash_ in locked(Head, streams)}


def lock_every_head() -> None:
    """No stream grows until the transaction ends. (SQLite has one writer anyway.)"""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table_of(Head)} IN SHARE MODE")


def append(entry: Entry) -> Event:
    """Write one event at the end of its stream, whatever else writes to it at the same time."""
    try:
        return _append(entry)
    except IntegrityError:
        # A stream without events has no head to wait for. If somebody opened it meanwhile, now it has.
        return _append(entry)


def _append(entry: Entry) -> Event:
    with transaction.atomic():
        return append_to(lock_heads([entry.stream]), [entry])[0]


def append_to(heads: Heads, entries: Sequence[Entry]) -> list[Event]:
    """Write `entries`, one or more a stream, behind `heads`, which the caller has locked.

    `heads` is brought up to date. Two or three statements, however many entries. Raises NotCanonical
    when an entry holds what the trail cannot keep; nothing is written then.
    """
    texts: list[Text] = []
    events = [_next_event(heads, entry, texts) for entry in entries]
    insert(Event, events)
    if texts:
        insert(Text, texts)
    return events


def _next_event(heads: Heads, entry: Entry, texts: list[Text]) -> Event:
    last, previous = heads.get(entry.stream, (0, ""))
    seq, at = last + 1, timezone.now()
    comment_digest = _put_aside(entry, seq, texts)
    body = canonical_bytes(
        event_object(entry, seq=seq, previous=previous, at=at, comment_digest=comment_digest)
    )
    heads[entry.stream] = (seq, digest_of(body))
    return Event(
        stream=entry.stream,
        seq=seq,
        at=at,
        kind=entry.kind,
        actor=entry.actor.id,
        role=entry.role,
        edition=entry.edition,
        transition=entry.transition,
        source=entry.source,
        target=entry.target,
        previous=previous,
        hash=heads[entry.stream][1],
        body=body,
    )


def _put_aside(entry: Entry, seq: int, texts: list[Text]) -> str:
    """Keep the comment beside the event; give its digest ("" when there is none)."""
    if not entry.comment:
        return ""
    check_text(entry.comment, "comment")
    if "\0" in entry.comment:
        raise NotCanonical("comment: a zero character cannot be kept; leave it out")
    salt = secrets.token_bytes(SALT_BYTES)
    texts.append(Text(stream=entry.stream, seq=seq, field="comment", salt=salt, text=entry.comment))
    return text_digest(salt, entry.comment)
