"""All streams told again, batch by batch, on one processor or shared among all, against the tables of today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accreditation_engine.engine import registry
from accreditation_engine.trail.parallel import Job, processes_for, ranges, rough_number_of_events, together
from accreditation_engine.trail.problems import Problem, Tally
from accreditation_engine.trail.shares import Counting

from .comparing import compared, people
from .folding import replayed
from .plausible import Held, held_then

AT_ONCE = 50
"""Subjects whose rows are in memory at a time; with more, most of the time goes into collecting garbage."""
WORTH_SHARING = 10_000
"""Events from which on telling them by several processes pays."""
SHARES_EACH = 4


def differences(
    stream: UUID | None, tally: Tally | None = None, processes: int | None = None
) -> Iterator[Problem]:
    """Where the tables are not as events say, of one stream or of all. The number of queries grows with batches,
    memory does not grow. `tally`, when given, counts the events that were told. A large trail is shared among
    `processes`, one for each processor when it is None."""
    tally = tally or Tally()
    many = 1 if stream else processes or processes_for(rough_number_of_events(), WORTH_SHARING)
    if many > 1:
        yield from _shared(many, tally)
        return
    held = held_then()
    for of, rows in _streams().items():
        yield from _told(of, rows if stream is None else rows.filter(pk=stream), tally, held)


def _streams() -> dict[str, QuerySet[Any]]:
    subjects = {of: kind.model._default_manager.all() for of, kind in registry.subjects.items()}
    return {**subjects, **{of: rows() for of, rows in people.items()}}


def _shared(processes: int, tally: Tally) -> Iterator[Problem]:
    """What one process would find, in the order of shares."""

    def follow(counted: Sequence[int]) -> None:
        tally.told = counted[0]

    shares = [_limits(each) for each in ranges(processes * SHARES_EACH)]
    jobs: list[Job] = [(told_share, (of, *share)) for of in _streams() for share in shares]
    for share, found in together(processes, jobs, follow):
        tally.told_streams += share.told_streams
        yield from found


def _limits(between: tuple[str, str]) -> tuple[UUID | None, UUID | None]:
    first, end = (UUID(bound) if bound else None for bound in between)
    return first, end


def told_share(of: str, first: UUID | None, end: UUID | None) -> tuple[Tally, list[Problem]]:
    """What a process of its own counts and finds in its share of the streams, from `first` to before `end`."""
    rows = _streams()[of]
    rows = rows.filter(pk__gte=first) if first else rows
    rows = rows.filter(pk__lt=end) if end else rows
    tally = Counting("told", 0)
    found = list(_told(of, rows, tally, held_then()))
    return Tally(told=tally.told, told_streams=tally.told_streams), found


def _told(of: str, rows: QuerySet[Any], tally: Tally, held: Held | None) -> Iterator[Problem]:
    for streams in _batches(rows):
        pictures = dict(replayed(of, streams, held))
        tally.told += sum(each.seq for each in pictures.values())
        tally.told_streams += len(pictures)
        yield from compared(of, streams, pictures)


def _batches(rows: QuerySet[Any]) -> Iterator[list[UUID]]:
    found = iter(rows.order_by("pk").values_list("pk", flat=True).iterator(AT_ONCE))
    while some := list(islice(found, AT_ONCE)):
        yield some
