"""An event as an object: built before it is stored, read back afterwards."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Actor:
    """Who acts: the id of a person and the digest of the name they bear now. The system has neither."""

    id: UUID | None = None
    name_digest: str = ""


SYSTEM = Actor()


@dataclass(frozen=True)
class Entry:
    """What is to be written down. `target` is set only by events that explain a state."""

    stream: UUID
    kind: str
    actor: Actor = SYSTEM
    role: str = ""
    edition: str = ""
    transition: str = ""
    source: str = ""
    target: str = ""
    comment: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


def timestamp(moment: datetime) -> str:
    """UTC with microseconds, always of one length: 2026-11-24T06:33:28.000000Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def event_object(
    entry: Entry, *, seq: int, previous: str, at: datetime, comment_digest: str
) -> dict[str, Any]:
    """The event of the contract without `hash`; what does not apply is null."""
    return {
        "stream": str(entry.stream),
        "seq": seq,
        "at": timestamp(at),
        "kind": entry.kind,
        "actor": {
            "id": None if entry.actor.id is None else str(entry.actor.id),
            "name_digest": entry.actor.name_digest or None,
        },
        "role": entry.role or None,
        "edition": entry.edition or None,
        "transition": entry.transition or None,
        "source": entry.source or None,
        "target": entry.target or None,
        "comment_digest": comment_digest or None,
        "data": dict(entry.data),
        "previous": previous or None,
    }


def digest_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def text_digest(salt: bytes, text: str) -> str:
    """SHA-256 of a salt of 16 bytes followed by the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


def content_of(body: bytes, event_hash: str) -> dict[str, Any]:
    return {**json.loads(body), "hash": event_hash}
