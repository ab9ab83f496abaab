"""Where a subject stands, and how it was opened: the same for whatever moves through a workflow."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.due import reckoned_once
from accreditation_engine.engine.migrating import MIGRATED
from accreditation_engine.engine.states import DEADLINE, deadline_of, kept_deadline

from .picture import NOT_TOLD, Picture
from .said import Said

STATE, OPENING = "state", "opening"
"""Tables of one row, whose key is ()."""


def move(picture: Picture, event: Said) -> None:
    """`event` speaks of a state. One that returns to its own state neither enters it anew nor moves its
    deadline."""
    if event.kind == "opened":
        said = {name: value for name, value in event.data.items() if name != DEADLINE}
        picture.say(event, OPENING, (), **said)
    picture.say(event, STATE, (), state=event.target, state_seq=event.seq, edition=event.edition)
    if event.source != event.target:
        picture.say(event, STATE, (), entered_seq=event.seq, entered_at=event.at)
        picture.say(event, STATE, (), deadline_at=_deadline(picture, event))
    elif event.kind == MIGRATED:
        picture.say(event, STATE, (), deadline_at=kept_deadline(event.data))


def _deadline(picture: Picture, event: Said) -> Any:
    """Of the state that is entered; a day it hangs on was told when the subject was opened, and where it was
    reckoned once for all the event says what came of it."""
    scheme = scheme_of(event)
    if scheme is None:
        return NOT_TOLD
    if reckoned_once(scheme.workflow, event.target) and (kept := kept_deadline(event.data)):
        return kept
    entered = SimpleNamespace(state=event.target, entered_at=event.at)
    deadline = scheme.workflow.states[event.target].deadline
    for name in (deadline.on, deadline.not_before) if deadline is not None else ():
        if name is None:
            continue
        day = picture.value(OPENING, (), name, NOT_TOLD)
        if day is NOT_TOLD:
            return NOT_TOLD
        setattr(entered, name, date.fromisoformat(day) if day else None)
    return deadline_of(entered, scheme.workflow)


def scheme_of(event: Said) -> Compiled | None:
    """The scheme that `event` was judged by; None where its edition is gone or edited, which is a problem of its
    own."""
    try:
        return compiled(event.edition)
    except (LookupError, TypeError, ValueError, ObjectDoesNotExist):
        return None
