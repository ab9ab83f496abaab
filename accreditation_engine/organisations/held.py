"""Who held which role at which moment, as the events of people say: roles granted and ended, acting for an
organisation begun and ended, which reading for one is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from accreditation_engine.engine.replay.comparing import A_MOMENT
from accreditation_engine.engine.replay.plausible import Held, held_by_events
from accreditation_engine.engine.replay.said import Said, moment_said
from accreditation_engine.trail.models import Event

from .models import Standing
from .roles import GRANTED

APPLICANT = "applicant"
BEGINS = {"role_granted": True, "joined": True, "role_ended": False, "left": False}
END_CHANGED, STANDING_CHANGED = "role_end_changed", "standing_changed"
"""Whoever is made a reader acts no more, and does again as soon as they are made anything else."""
Part = tuple[UUID, str, str]
"""A person, a role, and for which scheme ("" for all) or organisation."""
Spans = dict[Part, list[tuple[datetime, datetime | None]]]


def held() -> Held:
    """One query; in memory is one entry for each role that anybody ever held."""
    spans = _spans()
    places: dict[tuple[UUID, str], set[str]] = defaultdict(set)
    for person, role, of in spans:
        places[person, role].add(of)

    def held_then(event: Said, scheme: str, organisation: str) -> bool:
        if event.role == APPLICANT:
            wanted = {organisation}
        elif event.role in GRANTED:
            wanted = {"", scheme} if scheme else {""}
        else:
            return True  # no role that anybody is given
        of = places.get((event.actor, event.role), set())  # type: ignore[arg-type]
        known = of & wanted if (organisation if event.role == APPLICANT else scheme) else of
        return any(
            since - A_MOMENT <= event.at and (until is None or event.at <= until + A_MOMENT)
            for each in known
            for since, until in spans[event.actor, event.role, each]  # type: ignore[index]
        )

    return held_then


def _spans() -> Spans:
    spans: Spans = defaultdict(list)
    events = Event.objects.filter(kind__in=[*BEGINS, END_CHANGED, STANDING_CHANGED]).order_by("stream", "seq")
    for event in events.iterator(2000):
        try:
            part = _part(event.stream, event.kind, data := event.data)
            before, until = moment_said(data.get("before")), moment_said(data.get("until"))
            acts = data.get("standing") != Standing.READER
        except (LookupError, ValueError, TypeError, AttributeError):
            continue  # a replay names it
        if event.kind == END_CHANGED:
            _end(spans[part], event.at, until, before=before)
        elif not BEGINS.get(event.kind, acts):
            _end(spans[part], event.at, event.at, before=until)
        elif acts and (event.kind != STANDING_CHANGED or not _goes_on(spans[part], event.at)):
            spans[part].append((event.at, until))
    return spans


def _goes_on(spans: list[tuple[datetime, datetime | None]], at: datetime) -> bool:
    return any(end is None or end > at for _since, end in spans)


def _part(person: UUID, kind: str, data: Mapping[str, Any]) -> Part:
    if kind in ("joined", "left", STANDING_CHANGED):
        return person, APPLICANT, data["organisation"]
    return person, data["role"], data["scheme"]


def _end(
    spans: list[tuple[datetime, datetime | None]],
    at: datetime,
    until: datetime | None,
    *,
    before: datetime | None,
) -> None:
    """Let a span that goes on at `at` last until `until`: of several the one that was to last until `before`."""
    going_on = [number for number, (_since, end) in enumerate(spans) if end is None or end > at]
    meant = [number for number in going_on if spans[number][1] == before] or going_on
    for number in meant[:1]:
        spans[number] = (spans[number][0], until)


held_by_events.append(held)
