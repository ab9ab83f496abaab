"""Measures on one database: run by benchmarks.queue in a process of its own, once a database.

python -m benchmarks.queue_work FILES ROUNDS RESULT.json
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from statistics import median
from threading import Barrier, Thread
from typing import Any

import django

PLACES = 2
SIZE = 50
"""Places that each takes in a round."""
AT_A_TIME = 10
CROWDS = {"sqlite": 8, "postgresql": 64}
EACH = 3
"""Places that each of a crowd takes in a round."""
CROWDED_ROUNDS = 3

Taking = Callable[[Any], Any]
"""`take(reviewer)` gives the place that the reviewer was given: a file's key, or None."""


def main(files: int, rounds: int, result: Path) -> None:
    django.setup()
    result.write_text(json.dumps(measure(files, rounds)))


def measure(files: int, rounds: int) -> dict[str, Any]:
    from django.db import connection

    from benchmarks.queue_world import QueueWorld, bare, ours, version

    world, crowd = QueueWorld(), CROWDS[connection.vendor]
    ways: dict[str, Taking] = {"ours": ours, "bare": bare}
    wanted = SIZE * (rounds + 1) + CROWDED_ROUNDS * crowd * EACH
    world.fill(max(files, wanted), PLACES)
    alone, crowded = _alone(world, ways, rounds), _crowd(world, ways, crowd)
    held = Counter(each for given in (alone, crowded) for each in given["places"] if each)
    twice = sum(max(0, count - PLACES) for count in held.values())
    if twice:
        raise AssertionError(f"{twice} places were given to two reviewers")
    return {
        "database": version(),
        "crowd_size": crowd,
        **{
            name: {**way, "places": len(way["places"])}
            for name, way in (("alone", alone), ("crowd", crowded))
        },
    }


def _alone(world: Any, ways: dict[str, Taking], rounds: int) -> dict[str, Any]:
    """One connection; a few of each by turns, so that what else the machine does meets both alike."""
    reviewers, given = cycle(world.reviewers(20)), {name: list[Any]() for name in ways}
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(-1, rounds):  # one round to warm up
        gc.collect()
        spent = dict.fromkeys(ways, 0.0)
        for turn in range(SIZE // AT_A_TIME):
            order = list(ways) if (number + turn) % 2 else list(reversed(ways))
            for name in order:
                asking = [next(reviewers) for _ in range(AT_A_TIME)]
                started = time.perf_counter()
                given[name] += [ways[name](each) for each in asking]
                spent[name] += time.perf_counter() - started
        if number >= 0:
            for name, seconds in spent.items():
                rates[name].append(SIZE / seconds)
    return _summary(rates, given)


def _crowd(world: Any, ways: dict[str, Taking], size: int) -> dict[str, Any]:
    """As many connections as people, all at once."""
    people, rates = world.reviewers(size), {name: list[float]() for name in ways}
    given: dict[str, list[Any]] = {name: [] for name in ways}
    for number in range(CROWDED_ROUNDS):
        for name in list(ways) if number % 2 else list(reversed(ways)):
            taken, seconds = _together(ways[name], people)
            rates[name].append(size * EACH / seconds)
            given[name] += taken
    return _summary(rates, given)


def _together(take: Taking, people: list[Any]) -> tuple[list[Any], float]:
    from django.db import connection

    start, taken = Barrier(len(people) + 1), list[Any]()

    def work(person: Any) -> None:
        connection.ensure_connection()
        start.wait()
        taken.extend([take(person) for _ in range(EACH)])
        connection.close()

    threads = [Thread(target=work, args=(each,)) for each in people]
    for each in threads:
        each.start()
    start.wait()
    started = time.perf_counter()
    for each in threads:
        each.join()
    return taken, time.perf_counter() - started


def _summary(rates: dict[str, list[float]], given: dict[str, list[Any]]) -> dict[str, Any]:
    """`places` are those that ours gave; more are open than are asked for, so none is empty-handed."""
    lost = given["ours"].count(None)
    if lost:
        raise AssertionError(f"{lost} came away without a place, though places were open")
    pairs = zip(rates["ours"], rates["bare"], strict=True)
    return {
        **{name: round(median(each)) for name, each in rates.items()},
        "ratio": round(median(own / other for own, other in pairs), 3),
        "places": given["ours"],
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
