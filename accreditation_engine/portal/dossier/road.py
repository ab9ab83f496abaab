"""The road of a dossier: the states behind it, the one it is in, and those ahead if all goes well."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from accreditation_engine.dossiers.unannounced import known_state
from accreditation_engine.engine.acting import SYSTEM_ROLE
from accreditation_engine.engine.compiled import Compiled, Step, compiled
from accreditation_engine.trail.models import Event

from .reader import Reader
from .states import CERTIFIES, deadline_shown, shown_title, tone


@dataclass(frozen=True)
class Stop:
    """A state as the reader knows it, entered by the event `seq`."""

    state: str
    title: str
    seq: int
    at: datetime


def travelled(reader: Reader, moved: Iterable[Event]) -> list[Stop]:
    """The states passed through, in order, the present one last; what was gone through twice is told from the
    last time on. States that look alike to the reader are one stop, entered when the first of them was."""
    stops: list[Stop] = []
    for event in moved:
        title = shown_title(compiled(event.edition), event.target, outside=reader.outside)
        if event.source != event.target and not (stops and stops[-1].title == title):
            stops = [*_before(stops, title), Stop(event.target, title, event.seq, event.at)]
    return stops


def _before(stops: Sequence[Stop], title: str) -> Sequence[Stop]:
    """The stops up to the first one of this title: a loop is forgotten."""
    return next((stops[:index] for index, each in enumerate(stops) if each.title == title), stops)


def road(reader: Reader, stops: Sequence[Stop]) -> list[dict[str, Any]]:
    """For parts/road.html."""
    passed = [{"title": each.title, "status": "passed", "at": each.at} for each in stops[:-1]]
    known = {each.title for each in stops}
    ahead: list[dict[str, Any]] = []
    known_to_stand = known_state(reader.scheme.edition, reader.dossier.state, reader.roles)
    for state in way_ahead(reader.scheme, known_to_stand):
        title = shown_title(reader.scheme, state, outside=reader.outside)
        if title not in known:
            known.add(title)
            ahead.append({"title": title, "status": "ahead"})
    return [*passed, _current(reader, stops[-1]), *ahead]


def _current(reader: Reader, stop: Stop) -> dict[str, Any]:
    state = reader.scheme.workflow.states[reader.dossier.state]
    shown = {
        "title": stop.title,
        "status": "current",
        "at": stop.at,
        "tone": tone(reader.scheme, reader.dossier.state, outside=reader.outside),
    }
    deadline = reader.dossier.deadline_at
    if deadline and deadline_shown(state, outside=reader.outside):
        shown |= {"deadline": deadline, "late": deadline < timezone.now()}
    return shown


def way_ahead(scheme: Compiled, state: str) -> list[str]:
    """The shortest way from `state` to the best end: the one that issues a certificate where there is one, else
    the first end of the file that can be reached. Steps that only time takes are not counted on."""
    ends = [step.definition.to for step in scheme.steps.values() if _certifies(step)]
    ends += [name for name, each in scheme.workflow.states.items() if each.final]
    ways = _ways(scheme, state)
    return next((ways[end] for end in ends if end in ways), [])


def _certifies(step: Step) -> bool:
    return any(effect.name == CERTIFIES for effect in step.effects)


def _ways(scheme: Compiled, start: str) -> dict[str, list[str]]:
    """The shortest way to every state that people can get to from `start`."""
    ways: dict[str, list[str]] = {start: []}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for there in _next(scheme, here):
            if there not in ways:
                ways[there] = [*ways[here], there]
                queue.append(there)
    return ways


def _next(scheme: Compiled, state: str) -> Iterable[str]:
    for transition in scheme.workflow.leaving(state).values():
        if any(role != SYSTEM_ROLE for role in transition.by):
            yield transition.to
