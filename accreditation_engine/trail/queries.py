"""Reading the trail: what was said beside events, and what actors were called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from .erasure import COMMENT, ERASED
from .models import Event, Name, Text


@dataclass(frozen=True)
class Told:
    """An event with what lies beside it. `comment` is "" where nothing was said; `erased` where the law had it
    removed, `erased_at` when. `actor` is the name borne then, "" for the system and for an erased name."""

    event: Event
    content: dict[str, Any]
    actor: str
    comment: str
    erased: bool
    erased_at: datetime | None = None


def told(events: Iterable[Event]) -> list[Told]:
    """`events` with their comments and names. Two queries, however many events of however many streams; one more
    where a comment was erased."""
    contents = [(event, event.content) for event in events]
    if not contents:
        return []
    names = names_of(content["actor"]["name_digest"] for _, content in contents)
    texts = _comments([event for event, content in contents if content["comment_digest"]])
    found = [_told(event, content, names, texts) for event, content in contents]
    return _with_dates(found) if any(each.erased for each in found) else found


def erasures(streams: Iterable[UUID]) -> Iterator[tuple[Event, dict[str, Any]]]:
    """The events that something was erased in these streams, with their data, in order. One query."""
    events = Event.objects.filter(kind=ERASED, stream__in=list(streams)).order_by("stream", "seq")
    for event in events:
        yield event, event.data


def _with_dates(found: list[Told]) -> list[Told]:
    said = erasures({each.event.stream for each in found if each.erased})
    at = {(event.stream, data.get("seq")): event.at for event, data in said if data.get("what") == COMMENT}
    return [replace(each, erased_at=at.get((each.event.stream, each.event.seq))) for each in found]


def names_of(digests: Iterable[str | None]) -> dict[str, str]:
    """What the bearers of these digests were called; erased names are not among them."""
    wanted = {digest for digest in digests if digest}
    known = Name.objects.filter(digest__in=wanted).exclude(name=None) if wanted else Name.objects.none()
    return {each.digest: each.name or "" for each in known}


def _comments(events: list[Event]) -> dict[tuple[Any, int], str | None]:
    by_stream: dict[Any, list[int]] = {}
    for event in events:
        by_stream.setdefault(event.stream, []).append(event.seq)
    if not by_stream:
        return {}
    wanted = Q()
    for stream, numbers in by_stream.items():
        wanted |= Q(stream=stream, seq__in=numbers)
    rows = Text.objects.filter(wanted, field="comment").values_list("stream", "seq", "text")
    return {(stream, seq): text for stream, seq, text in rows}


def _told(
    event: Event, content: dict[str, Any], names: dict[str, str], texts: dict[tuple[Any, int], str | None]
) -> Told:
    text = texts.get((event.stream, event.seq))
    erased = bool(content["comment_digest"]) and text is None
    return Told(event, content, names.get(content["actor"]["name_digest"] or "", ""), text or "", erased)
