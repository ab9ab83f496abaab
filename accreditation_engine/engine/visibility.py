"""What a state lets each role see. One place, asked by pages, lists, exports and programs alike."""

from __future__ import annotations

from collections.abc import Iterable

from .compiled import compiled
from .models import Subject


def visible(subject: Subject, roles: Iterable[str]) -> frozenset[str]:
    """The things (answers, ratings, ...) that somebody with `roles` may see of `subject` in its state now.

    What a state does not name is not shown.
    """
    shows = compiled(subject.edition_id).workflow.states[subject.state].shows
    return frozenset(thing for role in roles for thing in shows.get(role, ()))
