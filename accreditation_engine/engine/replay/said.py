"""An event as a replay reads it: from the database, or from the object that a bundle or an export holds."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from accreditation_engine.trail.models import Event

COLUMNS = (
    "stream",
    "seq",
    "at",
    "kind",
    "actor",
    "role",
    "edition",
    "transition",
    "source",
    "target",
    "body",
)
AT_ONCE = 500
HEAD = 300
"""Bytes in which an event says by whom it is, of when, and the digest of its comment."""


@dataclass(slots=True)
class Said:
    """`body` holds the event's object as JSON, read only where somebody asks for what no column repeats."""

    stream: UUID
    seq: int
    at: datetime
    kind: str
    actor: UUID | None
    role: str
    edition: str
    transition: str
    source: str
    target: str
    body: bytes
    _content: Any = None

    @property
    def data(self) -> dict[str, Any]:
        """Raises ValueError where that is no JSON, KeyError where there is none."""
        data: dict[str, Any] = self._read()["data"]
        return data

    @property
    def name_digest(self) -> str | None:
        """Of the name that the actor bore. Raises as `data`."""
        digest: str | None = self._read()["actor"]["name_digest"]
        return digest

    @property
    def has_comment(self) -> bool:
        """A canonical body names its comment's digest right after actor and moment."""
        if self._content is None:
            return b'"comment_digest":null,' not in self.body[:HEAD]
        return bool(self._content["comment_digest"])

    def _read(self) -> Any:
        if self._content is None:
            self._content = json.loads(self.body)
        return self._content


def said_in(content: Mapping[str, Any]) -> Said:
    """An event from its object as the contract describes it."""
    actor = content["actor"]["id"]
    return Said(
        stream=UUID(content["stream"]),
        seq=content["seq"],
        at=datetime.fromisoformat(content["at"]),
        kind=content["kind"],
        actor=None if actor is None else UUID(actor),
        role=content["role"] or "",
        edition=content["edition"] or "",
        transition=content["transition"] or "",
        source=content["source"] or "",
        target=content["target"] or "",
        body=b"",
        _content=content,
    )


def moment_said(written: str | None) -> datetime | None:
    """A moment in the data of an event. Raises ValueError where it is none, TypeError where it is no text."""
    return None if written is None else datetime.fromisoformat(written)


def said_by(streams: Collection[UUID]) -> Iterator[Said]:
    """The events of `streams`, in the order of streams and events. One query.

    All of them: a condition on kinds leads SQLite to another index and thousands of times the rows.
    """
    events = Event.objects.filter(stream__in=streams).order_by("stream", "seq")
    for columns in events.values_list(*COLUMNS).iterator(AT_ONCE):
        yield Said(*columns)
