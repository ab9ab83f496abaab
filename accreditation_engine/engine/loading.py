"""Subjects with everything that must be known to judge a transition, in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from .acting import SYSTEM_ROLE
from .compiled import Step
from .models import Subject
from .registry import Attempt, roles


def load(
    model: type[Subject], ids: Iterable[UUID], steps: Sequence[Step], attempt: Attempt, *, lock: bool
) -> list[Any]:
    """The subjects with these ids, each with its facts and the roles that the actor plays annotated."""
    rows = model._default_manager.filter(pk__in=list(ids)).order_by("pk")
    if lock:
        rows = rows.select_for_update(of=("self",))
    return list(rows.annotate(**_roles(model, steps, attempt), **_facts(model, steps, attempt)))


def roles_played(row: Any, step: Step) -> list[str]:
    """Which of the roles that may take `step` the actor plays for the loaded `row`, in the order written."""
    return [role for role in step.definition.by if getattr(row, f"plays_{role}", False)]


def facts_of(row: Any, model: type[Subject], step: Step, attempt: Attempt) -> dict[str, Any]:
    names = {name for each in step.guards for name in each.guard.facts(model, each.parameters, attempt)}
    return {name: getattr(row, f"fact_{name}") for name in names}


def _roles(model: type[Subject], steps: Sequence[Step], attempt: Attempt) -> dict[str, Any]:
    if attempt.actor_id is None:
        return {}
    wanted = {role for step in steps for role in step.definition.by} - {SYSTEM_ROLE}
    return {f"plays_{role}": roles[role].held(model, attempt.actor_id) for role in sorted(wanted)}


def _facts(model: type[Subject], steps: Sequence[Step], attempt: Attempt) -> dict[str, Any]:
    return {
        f"fact_{name}": expression
        for step in steps
        for each in step.guards
        for name, expression in each.guard.facts(model, each.parameters, attempt).items()
    }
