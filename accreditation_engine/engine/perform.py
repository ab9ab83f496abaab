"""The only way to change a state.

`perform` takes one subject through one transition, `perform_many` thousands, by the same path: lock the
streams, load the subjects with all that guards must know, judge, let viewflow.fsm take the step, write the
events, then the states (the database compares the two), then the effects, all in one transaction. A refusal is
written down too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction as database
from django.utils import timezone

from accreditation_engine.trail.append import append_to, lock_heads
from accreditation_engine.trail.content import Actor, Entry
from accreditation_engine.trail.models import Event

from .acting import Person, actor_of
from .compiled import Compiled, compiled
from .judging import Judgement, judge
from .loading import load
from .models import Subject
from .reasons import Reason, Refused
from .registry import Attempt, Taken
from .states import enter, write_states


@dataclass
class Result:
    """What became of a batch: the event of each subject that moved, the reasons for each that did not."""

    events: dict[UUID, Event] = field(default_factory=dict)
    refused: dict[UUID, tuple[Reason, ...]] = field(default_factory=dict)


def perform(
    subject: Subject,
    transition: str,
    actor: Person | Actor,
    *,
    comment: str = "",
    data: Mapping[str, Any] | None = None,
    seen: int | None = None,
) -> Event:
    """Take `subject` through `transition` and give the event; `subject` is brought up to date.

    `data` goes into the event as it is (text, whole numbers, lists, mappings). `seen` is the `entered_seq`
    that the actor had before their eyes: when the subject has moved on since, the step is refused.
    Raises Refused with every reason against it; the refusal is in the trail, nothing else has changed.
    """
    result = perform_many([subject], transition, actor, comment=comment, data=data, seen=seen)
    if subject.pk in result.refused:
        raise Refused(result.refused[subject.pk])
    return result.events[subject.pk]


def perform_many(
    subjects: Sequence[Subject],
    transition: str,
    actor: Person | Actor,
    *,
    comment: str = "",
    data: Mapping[str, Any] | None = None,
    seen: int | None = None,
    only_in: str | None = None,
) -> Result:
    """Take all `subjects` (of one model) through `transition`; those it is refused to stay where they are.

    A constant number of statements whatever their number. With `only_in`, subjects that are not in that state
    any more are passed over in silence. Raises Subject.DoesNotExist when one is not in the database.
    """
    if not subjects:
        return Result()
    who = actor_of(actor)
    attempt = Attempt(transition, who.id, comment=comment, data=data or {})
    with database.atomic():
        return _Run(subjects, attempt, who, seen, only_in).take()


class _Run:
    """One transition over a batch, inside its transaction."""

    def __init__(
        self, subjects: Sequence[Subject], attempt: Attempt, who: Actor, seen: int | None, only_in: str | None
    ) -> None:
        self.model = type(subjects[0])
        self.given = {subject.pk: subject for subject in subjects}
        self.attempt, self.who, self.seen, self.only_in = attempt, who, seen, only_in
        self.result = Result()
        self.entries: list[Entry] = []
        self.moved: list[tuple[Any, Compiled, Judgement]] = []

    def take(self) -> Result:
        heads = lock_heads(self.given)
        for row in self._rows():
            self._decide(row, compiled(row.edition_id))
        events = append_to(heads, self.entries) if self.entries else []
        self._enter(events)
        return self.result

    def _rows(self) -> list[Any]:
        steps = []
        for edition in {subject.edition_id for subject in self.given.values()}:
            step = compiled(edition).steps.get(self.attempt.transition)
            steps += [step] if step else []
        rows = load(self.model, self.given, steps, self.attempt, lock=True)
        if len(rows) != len(self.given):
            raise self.model.DoesNotExist("a subject is not in the database")
        return [row for row in rows if self.only_in in (None, row.state)]

    def _decide(self, row: Any, scheme: Compiled) -> None:
        judgement = judge(row, scheme, self.attempt, seen=self.seen, now=timezone.now())
        if judgement.reasons:
            self.result.refused[row.pk] = judgement.reasons
            self.entries.append(self._refusal(row, judgement))
            return
        getattr(scheme.flow(row), self.attempt.transition)(partial(self._record, row, judgement, row.state))
        self.moved.append((row, scheme, judgement))

    def _record(self, row: Any, judgement: Judgement, source: str) -> None:
        """Called by the flow, which has set the target state already."""
        self.entries.append(self._entry(row, judgement, source))

    def _entry(self, row: Any, judgement: Judgement, source: str) -> Entry:
        data = dict(self.attempt.data)
        if judgement.judged:
            data["judged"] = judgement.judged
        return Entry(
            stream=row.pk,
            kind="transition",
            actor=self.who,
            role=judgement.role,
            edition=row.edition_id,
            transition=self.attempt.transition,
            source=source,
            target=row.state,
            comment=self.attempt.comment.strip(),
            data=data,
        )

    def _refusal(self, row: Any, judgement: Judgement) -> Entry:
        return Entry(
            stream=row.pk,
            kind="refused",
            actor=self.who,
            role=judgement.role,
            edition=row.edition_id,
            transition=self.attempt.transition,
            source=row.state,
            data={"reasons": [reason.as_data() for reason in judgement.reasons]},
        )

    def _enter(self, events: Sequence[Event]) -> None:
        by_stream = {event.stream: event for event in events}
        taken = []
        for row, scheme, judgement in self.moved:
            event = by_stream[row.pk]
            enter(row, event, scheme.workflow)
            self.result.events[row.pk] = event
            attempt = Attempt(
                event.transition, self.who.id, judgement.role, self.attempt.comment, self.attempt.data
            )
            taken.append(Taken(row, event, attempt, scheme))
        if taken:
            write_states(self.model, [each.subject for each in taken])
            _run_effects(taken)
            self._show(taken)

    def _show(self, taken: Sequence[Taken]) -> None:
        """Bring the instances that the caller holds up to date."""
        for each in taken:
            given = self.given[each.subject.pk]
            for name in ("state", "state_seq", "entered_seq", "entered_at", "deadline_at"):
                setattr(given, name, getattr(each.subject, name))


def _run_effects(taken: Sequence[Taken]) -> None:
    """Each effect once for all subjects of one edition, in the order written."""
    for edition in {each.scheme.edition: each.scheme for each in taken}.values():
        together = [each for each in taken if each.scheme is edition]
        for bound in edition.steps[together[0].attempt.transition].effects:
            bound.effect.work(together, bound.parameters)
