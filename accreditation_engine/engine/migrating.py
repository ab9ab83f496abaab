"""Bringing subjects that are in flight under another edition of their scheme: judged one by one, and written down.

A subject stays where it is. What stands against moving one is told before anything moves, and is judged anew when
it does: by the engine here, and by every folder that keeps something of the subject that an edition must know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accreditation_engine.definitions.rubric import Criterion, Rubric
from accreditation_engine.trail.append import append_to
from accreditation_engine.trail.content import Actor, Entry, timestamp
from accreditation_engine.trail.rows import update

from .acting import Person, actor_of
from .compiled import Compiled, compiled
from .locking import lock
from .models import Subject
from .reasons import Reason
from .states import DEADLINE, STATE_FIELDS, deadline_of
from .unusable import why_unusable

MIGRATED = "migrated"
"""The kind of the event. Its edition is the new one, FROM in its data the old one, and DEADLINE when the state now
ends, if it does; it leaves the state as it is."""
FROM = "from"
NAMED = 5
"""Criteria that a reason names."""
Key = tuple[str, str]
"""The ids of a rubric and of a criterion."""
KeysKept = Callable[[Collection[UUID]], QuerySet[Any, Any]]
Reasons = dict[UUID, list[Reason]]

keeps_criteria: dict[str, list[KeysKept]] = defaultdict(list)
"""By the name of a subject kind, functions that ask for (subject, rubric, criterion) of what is kept by criterion:
each folder registers its own."""
AT_ONCE = 1_000
"""Subjects of one question."""


@dataclass
class Migrated:
    """Which subjects were moved, and why others were left."""

    moved: list[UUID] = field(default_factory=list)
    left: Reasons = field(default_factory=dict)


def why_not(subjects: Iterable[Any], to: Compiled) -> Reasons:
    """What stands against bringing each of `subjects` (of one kind) under `to`; those that may be are not here.
    Nobody knows where a subject stands whose own edition is not usable: it stays."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for each in subjects:
        groups[each.edition_id].append(each)
    now = timezone.now()
    found: Reasons = {}
    for edition, some in groups.items():
        if unusable := why_unusable(edition):
            found.update((each.pk, unusable) for each in some)
            continue
        kept = _criteria_kept(to.workflow.subject, [each.pk for each in some])
        lost = lost_criteria(compiled(edition), to)
        for each in some:
            reasons = [
                *_of_state(each, compiled(edition), to, now),
                *_of_criteria(edition, kept[each.pk] & lost),
            ]
            if reasons:
                found[each.pk] = reasons
    return found


def _of_state(subject: Any, old: Compiled, to: Compiled, now: datetime) -> Iterable[Reason]:
    where = {"edition": old.edition, "state": subject.state}
    state = to.workflow.states.get(subject.state)
    if old.workflow.id != to.workflow.id:
        yield Reason("other_scheme")
    elif old.workflow.states[subject.state].final:
        yield Reason("not_in_flight", where)
    elif any(old.steps[name].keeps for name in old.workflow.leaving(subject.state)):
        yield Reason("under_decision", where)
    elif state is None or state.final:
        yield Reason("state_vanishes", where)
    else:
        ends = new_deadline(subject, to)
        if ends is not None and ends <= now and ends != subject.deadline_at:
            yield Reason("deadline_would_have_passed", {**where, "on": ends.date().isoformat()})


def new_deadline(subject: Any, to: Compiled) -> datetime | None:
    """When the state of `subject` would end under `to`: reckoned from when it was entered."""
    return deadline_of(subject, to.workflow)


def _of_criteria(edition: str, lost: Collection[Key]) -> Iterable[Reason]:
    if lost:
        names = sorted(criterion for _rubric, criterion in lost)
        yield Reason("criteria_vanish", {"edition": edition, "criteria": names[:NAMED], "count": len(names)})


def _criteria_kept(kind: str, ids: Sequence[UUID]) -> Mapping[UUID, set[Key]]:
    """One query for each thousand."""
    kept: dict[UUID, set[Key]] = defaultdict(set)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        first, *others = (keys(some).order_by() for keys in keeps_criteria[kind])
        for subject, rubric, criterion in first.union(*others):
            kept[subject].add((rubric, criterion))
    return kept


def lost_criteria(old: Compiled, new: Compiled) -> frozenset[Key]:
    """Criteria that `new` does not ask any more, or on another scale: what was said of them would mean something
    else."""
    return frozenset(
        (rubric.id, each.id)
        for rubric in old.asked.values()
        for each in rubric.every_criterion()
        if not _same_scale(rubric, each, new.asked.get(rubric.id))
    )


def _same_scale(rubric: Rubric, criterion: Criterion, new: Rubric | None) -> bool:
    if new is None:
        return False
    found = next((each for each in new.every_criterion() if each.id == criterion.id), None)
    if found is None or rubric.ceiling(criterion) != new.ceiling(found):
        return False
    scales = [(each.scale.minimum, each.scale.step, set(each.scale.also)) for each in (rubric, new)]
    return scales[0][:2] == scales[1][:2] and scales[0][2] <= scales[1][2]


def migrate(
    model: type[Subject],
    ids: Collection[UUID],
    to: Compiled,
    actor: Person | Actor,
    *,
    role: str,
    comment: str,
) -> Migrated:
    """Bring the subjects with these ids under `to`, as far as nothing stands against it now; those that are under
    it already are neither moved nor left. About ten statements, however many they are."""
    result = Migrated()
    with transaction.atomic():
        heads, _editions = lock(model, ids)
        found = model._default_manager.filter(pk__in=list(heads)).exclude(edition=to.edition).order_by("pk")
        rows: list[Any] = list(found)
        result.left = why_not(rows, to)
        moving = [each for each in rows if each.pk not in result.left]
        if not moving:
            return result
        who = actor_of(actor)
        ends = [new_deadline(each, to) for each in moving]
        entries = [_entry(each, to, at, who, role, comment) for each, at in zip(moving, ends, strict=True)]
        for row, at, event in zip(moving, ends, append_to(heads, entries), strict=True):
            row.deadline_at = at
            row.edition_id, row.state_seq = to.edition, event.seq
        update(model, moving, (*STATE_FIELDS, "edition"))
    result.moved = [each.pk for each in moving]
    return result


def _entry(subject: Any, to: Compiled, ends: datetime | None, who: Actor, role: str, comment: str) -> Entry:
    return Entry(
        stream=subject.pk,
        kind=MIGRATED,
        actor=who,
        role=role,
        edition=to.edition,
        source=subject.state,
        target=subject.state,
        comment=comment,
        data={FROM: subject.edition_id, **({} if ends is None else {DEADLINE: timestamp(ends)})},
    )
