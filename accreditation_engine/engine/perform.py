"""The only way to change a state.

`perform` takes one subject through one transition, `perform_many` thousands, by the same path: lock the
subjects and their streams, load the subjects with all that guards must know, judge, let viewflow.fsm take the
step, write the events, then the states (the database compares the two), then the effects, all in one
transaction. A refusal is written down too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction as database
from django.utils import timezone

from accreditation_engine.trail.append import Heads, append_to
from accreditation_engine.trail.content import Actor, Entry
from accreditation_engine.trail.models import Event
from accreditation_engine.written import kept_text

from .acting import Person, actor_of
from .compiled import Compiled, compiled
from .judging import Judgement, judge
from .loading import load
from .locking import lock
from .models import Subject
from .pressed_again import just_taken
from .reasons import Reason, Refused
from .registry import Attempt, Taken, follows
from .states import DEADLINE, STATE_FIELDS, enter, reckoned, write_states

JUDGED = "judged"
OURS = (JUDGED, DEADLINE)


@dataclass
class Result:
    """What became of a batch: the event of each subject that moved, the reasons for each that did not; and in a
    sweep, which goes on, what went wrong."""

    events: dict[UUID, Event] = field(default_factory=dict)
    refused: dict[UUID, tuple[Reason, ...]] = field(default_factory=dict)
    failed: dict[UUID, Exception] = field(default_factory=dict)

    def add(self, other: Result) -> None:
        self.events |= other.events
        self.refused |= other.refused
        self.failed |= other.failed


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

    `data` goes into the event as it is (text, whole numbers, lists, mappings; "judged" and "deadline" are ours).
    `seen` is the `entered_seq` that the actor had before their eyes: when the subject has moved on since, the
    step is refused. When they took this very step a moment ago (a button pressed twice), its event is given once
    more, and nothing is written.
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
    due: datetime | None = None,
) -> Result:
    """Take all `subjects` (of one model) through `transition`; those it is refused to stay where they are.

    A constant number of statements whatever their number. With `due`, subjects that this is not the overdue
    step of at that moment are passed over in silence. Raises Subject.DoesNotExist when one is not in the
    database.
    """
    if not subjects:
        return Result()
    for ours in OURS:
        if data and ours in data:
            raise ValueError(f"'{ours}' in an event is what the engine keeps; call yours something else")
    who = actor_of(actor)
    attempt = Attempt(transition, who.id, comment=kept_text(comment), data=data or {})
    run = _Run(subjects, attempt, who, seen, due)
    with database.atomic():
        run.take()
    run.show(subjects)
    return run.result


class _Run:
    """One transition over a batch, inside its transaction."""

    def __init__(
        self,
        subjects: Sequence[Subject],
        attempt: Attempt,
        who: Actor,
        seen: int | None,
        due: datetime | None,
    ) -> None:
        self.model = type(subjects[0])
        self.ids = frozenset(subject.pk for subject in subjects)
        self.attempt, self.who, self.seen, self.due = attempt, who, seen, due
        self.result = Result()
        self.entries: list[Entry] = []
        self.moved: list[tuple[Any, Compiled, Judgement]] = []
        self.stayed: list[tuple[Any, Judgement]] = []
        self.pressed_again: list[Any] = []

    def take(self) -> None:
        heads, editions = lock(self.model, self.ids)
        if len(heads) != len(self.ids):
            raise self.model.DoesNotExist("a subject is not in the database")
        for row in self._rows(editions):
            self._decide(row, compiled(row.edition_id))
        self._refuse()
        entries = self.entries if self.due is None else list(self._unsaid(heads))
        events = append_to(heads, entries) if entries else []
        self._enter(events)

    def _rows(self, editions: Iterable[str]) -> Iterable[Any]:
        found = (compiled(edition).steps.get(self.attempt.transition) for edition in editions)
        rows = load(self.model, self.ids, [step for step in found if step], self.attempt)
        return rows if self.due is None else [row for row in rows if self._is_due(row, self.due)]

    def _is_due(self, row: Any, now: datetime) -> bool:
        deadline = compiled(row.edition_id).workflow.states[row.state].deadline
        passed = row.deadline_at is not None and row.deadline_at <= now
        return passed and deadline is not None and deadline.then == self.attempt.transition

    def _decide(self, row: Any, scheme: Compiled) -> None:
        judgement = judge(row, scheme, self.attempt, seen=self.seen, now=timezone.now())
        if judgement.reasons:
            self.stayed.append((row, judgement))
            return
        getattr(scheme.flow(row), self.attempt.transition)(partial(self._record, row, judgement, row.state))
        self.moved.append((row, scheme, judgement))

    def _refuse(self) -> None:
        """Whoever says what they had before their eyes may have pressed twice."""
        rows = [row for row, _ in self.stayed] if self.seen is not None else []
        taken = just_taken(rows, self.attempt, self.who, OURS) if rows else {}
        for row, judgement in self.stayed:
            if row.pk in taken:
                self.result.events[row.pk] = taken[row.pk]
                self.pressed_again.append(row)
            else:
                self.result.refused[row.pk] = judgement.reasons
                self.entries.append(self._refusal(row, judgement))

    def _record(self, row: Any, judgement: Judgement, source: str) -> None:
        """Called by the flow, which has set the target state already."""
        self.entries.append(self._entry(row, judgement, source))

    def _entry(self, row: Any, judgement: Judgement, source: str) -> Entry:
        data = dict(self.attempt.data)
        if judgement.judged:
            data[JUDGED] = judgement.judged
        if row.state != source:
            data |= reckoned(row, compiled(row.edition_id).workflow, row.state, timezone.now())
        return Entry(
            stream=row.pk,
            kind="transition",
            actor=self.who,
            role=judgement.role,
            edition=row.edition_id,
            transition=self.attempt.transition,
            source=source,
            target=row.state,
            comment=self.attempt.comment,
            data=data,
        )

    def _refusal(self, row: Any, judgement: Judgement) -> Entry:
        return Entry(
            stream=row.pk,
            kind="refused",
            actor=self.who,
            role=judgement.role,
            edition=row.edition_id,
            transition=self._known(row),
            source=row.state,
            data={"reasons": [reason.as_data() for reason in judgement.reasons]},
        )

    def _unsaid(self, heads: Heads) -> Iterator[Entry]:
        """A sweep comes by every few minutes; a refusal of it that stands last in its stream is not repeated."""
        last = [heads[entry.stream][1] for entry in self.entries if entry.kind == "refused"]
        said = {event.stream: event for event in Event.objects.filter(hash__in=last)} if last else {}
        for entry in self.entries:
            event = said.get(entry.stream)
            repeated = event is not None and (event.kind, event.actor) == (entry.kind, entry.actor.id)
            if event is None or not repeated or event.data != entry.data:
                yield entry

    def _known(self, row: Any) -> str:
        """The transition, where the workflow has one of that name: what anybody may type is no name."""
        return self.attempt.transition if self.attempt.transition in compiled(row.edition_id).steps else ""

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

    def show(self, subjects: Iterable[Subject]) -> None:
        """Bring the instances that the caller holds up to date, now that all is kept."""
        rows = {row.pk: row for row in [*(row for row, _, _ in self.moved), *self.pressed_again]}
        for subject in subjects:
            for name in STATE_FIELDS if subject.pk in rows else ():
                setattr(subject, name, getattr(rows[subject.pk], name))


def _run_effects(taken: Sequence[Taken]) -> None:
    """Each effect once for all subjects of one edition, in the order written; then what follows its guards."""
    for edition in {each.scheme.edition: each.scheme for each in taken}.values():
        together = [each for each in taken if each.scheme is edition]
        step = edition.steps[together[0].attempt.transition]
        for bound in step.effects:
            bound.effect.work(together, bound.parameters)
        for work in dict.fromkeys(work for each in step.guards for work in follows.get(each.name, ())):
            work(together)
