"""Going over the trail with several processes at once, each over its share of the streams.

UUIDs of streams are random, so equal shares of their range are equal shares of the work. A process is started, not
forked: the site that asks for a verification may have threads.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from itertools import pairwise
from typing import Any

from django.conf import ENVIRONMENT_VARIABLE
from django.db import connection

from .models import Event
from .problems import Problem, Tally
from .shares import Share, begin, scanned_share, tree_problems

WORTH_IT = 100_000
"""Events from which on starting processes pays."""
SHARES_EACH = 4
LOOK_EVERY = 0.2  # seconds
PLACES = 2
"""Numbers that processes may count at a time."""

Job = tuple[Callable[..., Any], tuple[Any, ...]]


def processes_for(number_of_events: int, worth_it: int = WORTH_IT) -> int:
    """How many processes are worth starting here: 1, this one, for less than `worth_it` events, inside a
    transaction that others cannot look into, and where Python may not start any."""
    alone = connection.in_atomic_block or multiprocessing.current_process().daemon
    return 1 if alone or number_of_events < worth_it else len(os.sched_getaffinity(0))


def rough_number_of_events() -> int:
    """As many as the last row's number says; no row is ever removed."""
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def shared_scan(processes: int, tally: Tally) -> tuple[list[Share | None], list[Problem]]:
    """Every share, in the order of streams, and the problems of the tree. `tally` is kept up to date meanwhile."""

    def follow(counted: Sequence[int]) -> None:
        tally.events, tally.planted = counted[0], counted[1]

    shares: list[Job] = [(scanned_share, (each,)) for each in ranges(processes * SHARES_EACH)]
    problems, *done = together(processes, [(tree_problems, ()), *shares], follow)
    tally.events = sum(each.tally.events for each in done if each)
    tally.streams = sum(each.tally.streams for each in done if each)
    tally.texts = sum(each.tally.texts for each in done if each)
    return done, problems


def together(processes: int, jobs: Sequence[Job], follow: Callable[[Sequence[int]], None]) -> list[Any]:
    """What each of `jobs` gives, in their order; `processes` do them. `follow` hears now and then what they have
    counted so far, each at its place (see `shares.Counting`), and once more at the end."""
    counted = multiprocessing.get_context("spawn").Array("q", PLACES)
    with _pool(processes, counted) as pool:
        futures = [pool.submit(work, *values) for work, values in jobs]
        waiting = set(futures)
        while waiting:
            _, waiting = wait(waiting, timeout=LOOK_EVERY)
            follow(counted[:])
        return [each.result() for each in futures]


def _pool(processes: int, counted: Any) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=begin,
        initargs=(os.environ[ENVIRONMENT_VARIABLE], connection.settings_dict["NAME"], counted),
    )


def ranges(count: int) -> Iterator[tuple[str, str]]:
    """The range of UUIDs in `count` parts, as their column orders them; the outer ones are open, so that what is
    no UUID lies in one of them."""
    bounds = ["", *(_bound(part, count) for part in range(1, count)), ""]
    yield from pairwise(bounds)


def _bound(part: int, count: int) -> str:
    whole = f"{(part << 128) // count:032x}"
    if connection.vendor == "sqlite":
        return whole
    return f"{whole[:8]}-{whole[8:12]}-{whole[12:16]}-{whole[16:20]}-{whole[20:]}"
