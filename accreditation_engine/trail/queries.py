"""Reading the trail: what was said beside events, and what actors were called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast

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
    """`events` with their comments and names. One query, however many events of however many streams; one more
    where a comment was erased."""
    contents = [(event, event.content) for event in events]
    if not contents:
        return []
    names, texts = _beside(contents)
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


def _beside(
    contents: Sequence[tuple[Event, dict[str, Any]]],
) -> tuple[dict[str, str], dict[tuple[UUID, int], str | None]]:
    """The names by their digests, and the comments by stream and number: two tables, one query."""
    digests = {content["actor"]["name_digest"] for _event, content in contents} - {None}
    names = Name.objects.filter(digest__in=digests).exclude(name=None)
    wanted = Q(pk__in=[])
    by_stream: dict[UUID, list[int]] = {}
    for event, content in contents:
        if content["comment_digest"]:
            by_stream.setdefault(event.stream, []).append(event.seq)
    for stream, numbers in by_stream.items():
        wanted |= Q(stream=stream, seq__in=numbers)
    texts = Text.objects.filter(wanted, field="comment")
    key = Cast("stream", CharField())
    rows = names.values_list("digest", Value(0), "name").union(
        texts.values_list(key, "seq", "text"), all=True
    )
    found_names: dict[str, str] = {}
    found_texts: dict[tuple[UUID, int], str | None] = {}
    for digest_or_stream, seq, text in rows:
        if seq:
            found_texts[UUID(digest_or_stream), seq] = text
        else:
            found_names[digest_or_stream] = text or ""
    return found_names, found_texts


def _told(
    event: Event, content: dict[str, Any], names: dict[str, str], texts: dict[tuple[UUID, int], str | None]
) -> Told:
    text = texts.get((event.stream, event.seq))
    erased = bool(content["comment_digest"]) and text is None
    return Told(event, content, names.get(content["actor"]["name_digest"] or "", ""), text or "", erased)
