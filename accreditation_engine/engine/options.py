"""What somebody may do with a subject now: each transition that is theirs, with what stands against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from .acting import Person
from .compiled import Step, compiled
from .judging import judge
from .loading import load
from .models import Subject
from .parts import READS_ONLY
from .reasons import Reason
from .registry import Attempt


@dataclass(frozen=True)
class Option:
    """A transition that the person's role may take from here; with `reasons` not yet."""

    name: str
    step: Step
    role: str
    reasons: tuple[Reason, ...]

    @property
    def open(self) -> bool:
        return not self.reasons


NOT_SHOWN = frozenset({"not_your_role", "wrong_state", READS_ONLY})


def options(subject: Subject, person: Person) -> list[Option]:
    """The transitions leaving the state of `subject` that `person` has a part in, in the order of the file.

    One query, however many transitions and guards. Nothing is written down: looking is no attempt.
    """
    return options_of_many([subject], person).get(subject.pk, [])


def options_of_many(subjects: Sequence[Subject], person: Person) -> dict[UUID, list[Option]]:
    """The same for many subjects of one model, by id; still one query, and another for those that have moved on
    since the caller read them."""
    if not subjects:
        return {}
    leaving = {subject.pk: _leaving(subject) for subject in subjects}
    steps = [step for each in leaving.values() for step in each]
    attempt = Attempt("", person.acting.id, preview=True)
    rows = load(type(subjects[0]), leaving, steps, attempt)
    held = {subject.pk: _stands(subject) for subject in subjects}
    moved = [row for row in rows if _stands(row) != held[row.pk]]
    offered = {row.pk: list(_options(row, leaving[row.pk], attempt)) for row in rows if row not in moved}
    return offered | options_of_many(moved, person)


def rows_with_options(
    model: type[Subject], stands: Mapping[UUID, tuple[str, str]], person: Person, *related: str
) -> tuple[list[Any], dict[UUID, list[Option]]]:
    """The subjects with these ids, with the rows `related` to them, and the options of each by id: in one query,
    where the caller knows already in which edition and state each `stands`; another for those that do not."""
    if not stands:
        return [], {}
    leaving = {key: _steps(*each) for key, each in stands.items()}
    steps = [step for each in sorted(set(stands.values())) for step in _steps(*each)]
    attempt = Attempt("", person.acting.id, preview=True)
    rows = load(model, leaving, steps, attempt, related)
    as_known = [row for row in rows if _stands(row) == stands[row.pk]]
    offered = {row.pk: list(_options(row, leaving[row.pk], attempt)) for row in as_known}
    return rows, offered | options_of_many([row for row in rows if row.pk not in offered], person)


def _stands(subject: Subject) -> tuple[str, str]:
    return subject.edition_id, subject.state


def _leaving(subject: Subject) -> list[Step]:
    return _steps(*_stands(subject))


def _steps(edition: str, state: str) -> list[Step]:
    scheme = compiled(edition)
    return [scheme.steps[name] for name in scheme.workflow.leaving(state)]


def _options(row: Any, steps: Iterable[Step], attempt: Attempt) -> Iterable[Option]:
    scheme = compiled(row.edition_id)
    for step in steps:
        mine = Attempt(step.name, attempt.actor_id, preview=True)
        judgement = judge(row, scheme, mine, seen=None, now=timezone.now())
        if NOT_SHOWN.isdisjoint(reason.code for reason in judgement.reasons):
            yield Option(step.name, step, judgement.role, judgement.reasons)
