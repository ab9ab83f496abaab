"""Measures on one database: run by benchmarks.transitions in a process of its own, once a database.

python -m benchmarks.measuring ROUNDS SIZE BATCH RESULT.json
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import django

BATCH_ROUNDS = 3
AT_A_TIME = 10


@dataclass(frozen=True)
class Spent:
    """What some steps took: seconds on the clock, and seconds of this process on a core."""

    steps: int
    wall: float
    cpu: float

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.steps + other.steps, self.wall + other.wall, self.cpu + other.cpu)

    @property
    def rate(self) -> float:
        return self.steps / self.wall


def main(rounds: int, size: int, batch: int, result: Path) -> None:
    django.setup()
    result.write_text(json.dumps(measure(rounds, size, batch)))


def measure(rounds: int, size: int, batch: int) -> dict[str, Any]:
    from django.db import connection

    from benchmarks.contenders import Ceiling, Fsm, Ours, Viewflow
    from benchmarks.world import World

    world = World()
    everybody: list[Any] = [each(world) for each in (Ours, Fsm, Viewflow, Ceiling)]
    spent = alternate(everybody, rounds, size)
    measured = {each.name: _summary(each, spent[each.name], spent["ours"]) for each in everybody}
    return {
        "database": _version(connection),
        "settings": _settings(connection),
        "transitions": measured,
        "batch": batch_against_loop(world, batch),
        "verification": _verification(),
        "ceiling_without_triggers_per_second": without_triggers(everybody[-1], rounds, size),
    }


def alternate(contenders: Sequence[Any], rounds: int, size: int) -> dict[str, list[Spent]]:
    """What each spent in every round. One round to warm up does not count."""
    spent: dict[str, list[Spent]] = {each.name: [] for each in contenders}
    for number in range(-1, rounds):
        taken = _round(contenders, size, turn=number % len(contenders))
        if number >= 0:
            for name, each in taken.items():
                spent[name].append(each)
    return spent


def _round(contenders: Sequence[Any], size: int, *, turn: int) -> dict[str, Spent]:
    """`size` steps of everybody, a few at a time by turns: what else the machine does then meets all alike."""
    order = [*contenders[turn:], *contenders[:turn]]
    files = {each.name: each.prepare(size) for each in order}
    gc.collect()
    spent = dict.fromkeys(files, Spent(0, 0.0, 0.0))
    for start in range(0, size, AT_A_TIME):
        for each in order:
            few = files[each.name][start : start + AT_A_TIME]
            spent[each.name] += timed(len(few), lambda each=each, few=few: [each.step(file) for file in few])
    return spent


def timed(steps: int, work: Callable[[], Any]) -> Spent:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(steps, time.perf_counter() - wall, time.process_time() - cpu)


def _summary(contender: Any, spent: list[Spent], ours: list[Spent]) -> dict[str, Any]:
    """Rates and the ratio of ours to them. The ratio is taken round by round: neighbours in time met the same
    load of the machine."""
    from benchmarks.contenders import statements_of

    (file,) = contender.prepare(1)
    statements = [sql for sql, _ in statements_of(lambda: contender.step(file))]
    return {
        "per_second": round(median(each.rate for each in spent)),
        "slowest_round": round(min(each.rate for each in spent)),
        "fastest_round": round(max(each.rate for each in spent)),
        "process_ms": round(1000 * median(each.cpu / each.steps for each in spent), 3),
        "ours_against_it": round(
            median(own.rate / other.rate for own, other in zip(ours, spent, strict=True)), 2
        ),
        "statements": len(statements),
        "sql": statements,
    }


def batch_against_loop(world: Any, count: int) -> dict[str, Any]:
    """`perform_many` of `count` dossiers against a loop of `perform` over as many, by turns."""
    from accreditation_engine.engine.perform import perform, perform_many
    from benchmarks.contenders import statements_of

    spent: dict[str, list[Spent]] = {"together": [], "loop": []}
    for _ in range(BATCH_ROUNDS):
        together, singly = world.dossiers(count), world.dossiers(count)
        gc.collect()
        spent["together"].append(timed(count, lambda: perform_many(together, "proceed", world.official)))  # noqa: B023
        spent["loop"].append(
            timed(count, lambda: [perform(each, "proceed", world.official) for each in singly])  # noqa: B023
        )
    some = world.dossiers(100)
    sent = statements_of(lambda: perform_many(some, "proceed", world.official))
    return {
        "dossiers": count,
        "together_per_second": round(median(each.rate for each in spent["together"])),
        "loop_per_second": round(median(each.rate for each in spent["loop"])),
        "together_against_loop": round(
            median(many.rate / one.rate for many, one in zip(spent["together"], spent["loop"], strict=True)),
            1,
        ),
        "statements": len(sent),
    }


def without_triggers(ceiling: Any, rounds: int, size: int) -> int:
    """What the triggers cost, for information. Comes last: the trail is not right any more afterwards."""
    from django.db import connection

    from accreditation_engine.trail.protection import lifted

    files = ceiling.prepare(size * (rounds + 1))
    with lifted(connection):
        spent = [
            timed(size, lambda part=files[start : start + size]: [ceiling.step(each) for each in part])
            for start in range(0, len(files), size)
        ]
    return round(median(each.rate for each in spent[1:]))


def _verification() -> dict[str, Any]:
    """Everything that was written above is verified: it must be right, and it takes a while."""
    from accreditation_engine.engine.verification import verify_all
    from accreditation_engine.trail.verification import Tally

    tally = Tally()
    spent = timed(1, lambda: _nothing_wrong(verify_all(tally=tally)))
    return {"events": tally.events, "per_second": round(tally.events / spent.wall)}


def _nothing_wrong(problems: Any) -> None:
    for problem in problems:
        raise AssertionError(problem)


def _version(connection: Any) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        return f"{connection.display_name} {cursor.fetchone()[0]}"


def _settings(connection: Any) -> dict[str, str]:
    """What decides how safe a commit is."""
    names = {
        "sqlite": ("journal_mode", "synchronous"),
        "postgresql": ("fsync", "synchronous_commit", "full_page_writes"),
    }[connection.vendor]
    ask = "PRAGMA" if connection.vendor == "sqlite" else "SHOW"
    with connection.cursor() as cursor:
        found = {}
        for name in names:
            cursor.execute(f"{ask} {name}")
            found[name] = str(cursor.fetchone()[0])
    return found


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:4]), Path(sys.argv[4]))
