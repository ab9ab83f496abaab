"""Editions by which nothing can be judged any more: what is stored is not what it was, or speaks of what this
release does not know. They are named as such, wherever somebody may mend it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from accreditation_engine.definitions.editions import Pinned, content_hash, from_canonical
from accreditation_engine.definitions.workflow import Workflow

from .compiled import UNREADABLE, Compiled, EditionUnusable, compiled
from .models import Edition
from .reasons import Reason
from .registry import effects, guards


def usable(edition: str) -> Compiled | None:
    """The scheme under the workflow edition of this hash, as `compiled` gives it; None where that is impossible.
    Raises Edition.DoesNotExist."""
    try:
        return compiled(edition)
    except EditionUnusable:
        return None


def why_unusable(edition: str) -> list[Reason]:
    """All that stands against judging by the workflow edition of this hash; nothing where it is usable. Three
    queries at most, none for an edition that was used before. Raises Edition.DoesNotExist."""
    if usable(edition) is not None:
        return []
    stored = Edition.objects.get(pk=edition)
    return list(_wrong(stored)) or [Reason("edition_not_understood", _named(stored))]


def _wrong(stored: Edition) -> Iterator[Reason]:
    pinned, wrong = _read(stored)
    yield from wrong
    if not isinstance(pinned, Pinned):
        return
    wanted = {name: pinned.pins.get(name, "") for name in pinned.workflow.rubrics}
    found = Edition.objects.in_bulk(list(wanted.values()))
    for name, pin in wanted.items():
        if pin in found:
            yield from _read(found[pin])[1]
        else:
            yield Reason("edition_lacks_rubric", {"rubric": name})
    if unknown := sorted(_unknown(pinned.workflow)):
        yield Reason("edition_unknown_rules", {"rules": unknown, "count": len(unknown)})


def _read(stored: Edition) -> tuple[Any, list[Reason]]:
    content = bytes(stored.content)
    if content_hash(content) != stored.pk:
        return None, [Reason("edition_not_as_stored", _named(stored))]
    try:
        return from_canonical(content), []
    except UNREADABLE:
        return None, [Reason("edition_not_understood", _named(stored))]


def _named(stored: Edition) -> dict[str, str]:
    return {"definition": f"{stored.name} {stored.label}"}


def _unknown(workflow: Workflow) -> set[str]:
    steps = workflow.transitions.values()
    required = {rule.name for each in steps for rule in each.requires}
    following = {rule.name for each in steps for rule in each.then}
    return (required - guards.keys()) | (following - effects.keys())
