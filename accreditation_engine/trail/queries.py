"""Reading the trail: what was said beside events, and what actors were called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from .models import Event, Name, Text


@dataclass(frozen=True)
class Told:
    """An event with what lies beside it. `comment` is "" where nothing was said; `erased` where the law had it
    removed. `actor` is the name borne then, "" for the system and for an erased name."""

    event: Event
    content: dict[str, Any]
    actor: str
    comment: str
    erased: bool


def told(events: Iterable[Event]) -> list[Told]:
    """`events` with their comments and names. Two queries, however many events of however many streams."""
    contents = [(event, event.content) for event in events]
    if not contents:
        return []
    names = names_of(content["actor"]["name_digest"] for _, content in contents)
    texts = _comments([event for event, content in contents if content["comment_digest"]])
    return [_told(event, content, names, texts) for event, content in contents]


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
