"""Subjects with everything that must be known to judge a transition, in one statement."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from .acting import SYSTEM_ROLE
from .compiled import Step
from .models import Subject
from .parts import Parts, parts_in_sql, parts_of
from .prepared import SUBJECT, USER, Asked, Prepared, PreparedByKey
from .registry import Attempt

Steps = tuple[Step, ...]
FEW = 64
"""As many as a page shows, such as the findings of a file: their query is built once."""


def load(
    model: type[Subject],
    ids: Collection[UUID],
    steps: Iterable[Step],
    attempt: Attempt,
    related: Iterable[str] = (),
) -> list[Any]:
    """The subjects with these ids, each with its facts and the roles that the actor plays annotated, and with the
    rows `related` to it."""
    known, user = tuple(dict.fromkeys(steps)), attempt.actor_id
    by_system = user is None
    beside = tuple(related)
    if len(ids) == 1 and not beside:
        return _one(model, known, by_system).send(Asked(next(iter(ids)), user))
    if len(ids) <= FEW or beside:
        return _few(model, known, by_system, beside).send(list(ids), Asked(user=user))
    return Prepared(_rows(model, known, by_system).filter(pk__in=list(ids))).send(Asked(user=user))


def parts_in(row: Any, step: Step) -> Parts:
    """The parts that may take `step`, as far as the actor plays them for the loaded `row`."""
    return parts_of(row, [role for role in step.definition.by if hasattr(row, f"plays_{role}")])


def facts_of(row: Any, model: type[Subject], step: Step, attempt: Attempt) -> dict[str, Any]:
    """What the guards of `step` asked for, from the loaded `row`."""
    return {name: getattr(row, f"fact_{name}") for name in _fact_names(model, step, attempt.actor_id is None)}


@lru_cache(maxsize=192)
def _few(model: type[Subject], steps: Steps, by_system: bool, related: tuple[str, ...]) -> PreparedByKey:
    rows = _rows(model, steps, by_system)
    return PreparedByKey(rows.select_related(*related) if related else rows)


@lru_cache(maxsize=512)
def _one(model: type[Subject], steps: Steps, by_system: bool) -> Prepared:
    return Prepared(_rows(model, steps, by_system).filter(pk=SUBJECT))


def _rows(model: type[Subject], steps: Steps, by_system: bool) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.order_by("pk")
    return rows.annotate(**({} if by_system else _roles(model, steps)), **_facts(model, steps, by_system))


def _roles(model: type[Subject], steps: Steps) -> dict[str, Any]:
    wanted = {role for step in steps for role in step.definition.by} - {SYSTEM_ROLE}
    return parts_in_sql(model, USER, sorted(wanted))


def _facts(model: type[Subject], steps: Steps, by_system: bool) -> dict[str, Any]:
    return {
        f"fact_{name}": expression
        for step in steps
        for each in step.guards
        for name, expression in each.guard.facts(model, each.parameters, None if by_system else USER).items()
    }


@lru_cache(maxsize=512)
def _fact_names(model: type[Subject], step: Step, by_system: bool) -> tuple[str, ...]:
    return tuple(name.removeprefix("fact_") for name in _facts(model, (step,), by_system))
