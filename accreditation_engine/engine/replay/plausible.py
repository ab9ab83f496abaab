"""Whether what an event says was possible: a step from where its stream stood, in a part that the step gives and
that its actor then had.

Hashes and signatures show that an event was not changed after it was signed. Whoever can write to the database may
put in a well-formed one before that; it is held against its edition and against the events before it
(docs/decisions/033).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from accreditation_engine.engine.acting import SYSTEM_ROLE
from accreditation_engine.engine.compiled import BoundGuard, Compiled, Step
from accreditation_engine.engine.migrating import FROM, MIGRATED
from accreditation_engine.engine.perform import JUDGED
from accreditation_engine.trail.erasure import ERASED

from .picture import Picture
from .said import Said
from .states import OPENING, STATE, scheme_of

ADMINISTRATOR = "administrator"
Doubt = Callable[[Picture, Said, BoundGuard], Iterator[str]]
"""Why a step that a guard let through could not have been let through: told from its stream before it."""


class Held(Protocol):
    """Whether events say that the actor of `event` had its role then. `scheme` and `organisation` are those of the
    subject, "" where they are not known."""

    def __call__(self, event: Said, scheme: str, organisation: str) -> bool: ...


doubts: dict[str, Doubt] = {}
"""By the name of the guard."""
held_by_events: list[Callable[[], Held]] = []
"""Reads who was given which role; the folder that knows registers it."""


def doubted_by(guard: str) -> Callable[[Doubt], Doubt]:
    """Register the function below for steps that ask for `guard`."""

    def register(doubt: Doubt) -> Doubt:
        doubts[guard] = doubt
        return doubt

    return register


def impossible(picture: Picture, event: Said, held: Held | None) -> Iterator[str]:
    """Why `event` could not have happened after those that `picture` was told from. Raises as `Said.data`."""
    if event.kind in ("opened", "transition") or event.target:
        scheme = scheme_of(event)
        if scheme is not None:
            yield from _moved(picture, event, scheme)
    if event.kind == ERASED:  # of whatever has a stream: all are looked at together
        return
    if held is not None and event.role and event.actor is not None and not _held(picture, event, held):
        yield f"events do not say that its actor was {event.role} then"


def _held(picture: Picture, event: Said, held: Held) -> bool:
    said = event.data if event.kind == "opened" else {}
    organisation = said.get("organisation") or picture.value(OPENING, (), "organisation", "")
    return held(event, _scheme_name(event) if organisation else "", str(organisation or ""))


def _scheme_name(event: Said) -> str:
    scheme = scheme_of(event) if event.edition else None
    return scheme.workflow.id if scheme else ""


def _moved(picture: Picture, event: Said, scheme: Compiled) -> Iterator[str]:
    if event.kind == "opened":
        if event.seq != 1 or event.source or event.target != scheme.workflow.initial:
            yield f"nothing is opened as '{event.target}' there"
    elif event.kind == MIGRATED:
        yield from _migrated(picture, event, scheme)
    elif event.kind != "transition":
        yield f"no event of the kind '{event.kind}' moves anything"
    elif (step := scheme.steps.get(event.transition)) is None:
        yield f"its edition has no step '{event.transition}'"
    else:
        yield from _step(picture, event, scheme, step)


def _migrated(picture: Picture, event: Said, scheme: Compiled) -> Iterator[str]:
    """Brought under another edition: from the one it was under, in the state where it stood."""
    stood, edition = (picture.value(STATE, (), name) for name in ("state", "edition"))
    if event.data.get(FROM) != edition:
        yield "it leaves another edition than its stream was under"
    if not event.source == event.target == stood:
        yield f"it is in '{event.target}' and its stream stood in '{stood}'"
    if event.target not in scheme.workflow.states:
        yield f"its edition has no state '{event.target}'"
    if event.actor is not None and event.role != ADMINISTRATOR:
        yield f"nobody brings anything under another edition as '{event.role or 'nobody'}'"
    if not event.has_comment:
        yield "it gives no reason"


def _step(picture: Picture, event: Said, scheme: Compiled, step: Step) -> Iterator[str]:
    yield from _on_its_road(picture, event, step)
    if not _may_take(event, scheme, step):
        yield f"the step '{step.name}' is not for '{event.role or 'nobody'}'"
    if step.definition.comment == "required" and event.actor is not None and not event.has_comment:
        yield f"the step '{step.name}' asks for a comment, and it has none"
    if step.keeps and not event.data.get(JUDGED):
        yield "it decides, and does not say what was judged"
    for bound in step.guards:
        if bound.name in doubts:
            yield from doubts[bound.name](picture, event, bound)


def _on_its_road(picture: Picture, event: Said, step: Step) -> Iterator[str]:
    stood, edition = (picture.value(STATE, (), name) for name in ("state", "edition"))
    if event.edition != edition:
        yield "its edition is not the one that its stream was opened under"
    if event.source != stood:
        yield f"it leaves '{event.source}' and its stream stood in '{stood}'"
    if event.source not in step.definition.from_:
        yield f"the step '{step.name}' does not leave '{event.source}'"
    if event.target != step.definition.to:
        yield f"the step '{step.name}' does not lead to '{event.target}'"


def _may_take(event: Said, scheme: Compiled, step: Step) -> bool:
    if event.actor is not None:
        return event.role in step.definition.by and event.role != SYSTEM_ROLE
    state = scheme.workflow.states.get(event.source)
    deadline = state.deadline if state else None
    own = SYSTEM_ROLE in step.definition.by or (deadline is not None and deadline.then == step.name)
    return own and event.role == SYSTEM_ROLE


def held_then() -> Held | None:
    """What to ask who held which role; None where nothing tells it."""
    return held_by_events[0]() if held_by_events else None


__all__ = ["Doubt", "Held", "doubted_by", "held_by_events", "held_then", "impossible"]
