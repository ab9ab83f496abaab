"""How a workflow's subjects are reviewed: how many reviews each wants, and how reviewers come to them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StrictBool, WithJsonSchema

from .base import Frozen, Identifier
from .calendars import Counts
from .durations import Duration
from .reminders import Reminder
from .said import say

REVIEWER = "reviewer"


def _roles(written: Any) -> Any:
    """`true` is short for the reviewers alone, so both ways of writing it make one edition."""
    if isinstance(written, bool):
        return (REVIEWER,) if written else ()
    if not isinstance(written, list | tuple):
        raise ValueError(say("write true, false, or a list of roles, such as [reviewer, panel]"))
    return written


Declaring = Annotated[
    tuple[Identifier, ...],
    BeforeValidator(_roles),
    WithJsonSchema({"anyOf": [{"type": "boolean"}, {"type": "array", "items": {"type": "string"}}]}),
]


class Draw(Frozen):
    """What a draw of reviewers sees to. `seniors`: so many of a dossier's reviewers are experienced ones, where
    any can be drawn. `not_twice`: whoever reviewed the organisation before, however long ago, is not drawn for
    it."""

    seniors: Annotated[int, Field(ge=0, le=20)] = 0
    not_twice: StrictBool = False


class Reviewing(Frozen):
    """`places`: how many reviews a dossier wants. `claim`: whether reviewers may take an open place by themselves.
    `due`: when a review is due, counted from the moment its reviewer was asked. `declare`: the roles whose holders
    declare their interests before anything of the dossier is shown to them. `objection`: how long the organisation
    may object to a reviewer, counted from the same moment as `due`; None where it may not. `rotate`: whether those
    who reviewed the organisation's last dossier leave this one to others. `counts`: whether days off lengthen
    `due` and `objection`. `reminders`: of a review that is not sent, by its `due`. `draw`: what a draw of
    reviewers sees to beside what is asked of every review."""

    places: Annotated[int, Field(ge=1, le=20)] = 2
    claim: StrictBool = False
    due: Duration | None = None
    declare: Declaring = ()
    objection: Duration | None = None
    rotate: StrictBool = False
    counts: Counts = "calendar_days"
    reminders: tuple[Reminder, ...] = ()
    draw: Draw = Draw()
