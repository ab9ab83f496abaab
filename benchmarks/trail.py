"""What the trail costs: appending to a short and a long one, and verifying one beside hashing it alone.

    python -m benchmarks.trail [--events 1000000] [--rounds 20] [--db sqlite|postgresql|both] [--record]

Prints a table and writes results/trail.json; with --record, the table goes into benchmarks/README.md as well. A
million events take about five minutes a database to make.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from statistics import median
from typing import Any

from benchmarks.databases import database
from benchmarks.site_runs import conditions, options, run
from benchmarks.table import rows

SHORT, MIDDLE = 1_000, 100_000
APPENDS = 200


class Worker:
    """A process with a database of its own, which does what it is told a line at a time."""

    def __init__(self, url: str, folder: str) -> None:
        environment = os.environ | {
            "DATABASE_URL": url,
            "BENCHMARK_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "benchmarks.site_settings",
        }
        command = [sys.executable, "-m", "benchmarks.trail_work"]
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def do(self, task: str, number: int = 0) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{task} {number}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self) -> None:
        self.process.communicate("end\n")


@contextmanager
def worker(name: str, events: int) -> Iterator[Worker]:
    """A worker on a trail of so many events, all of them covered by a checkpoint."""
    with tempfile.TemporaryDirectory(prefix="accreditation-bench-") as folder, database(name, folder) as url:
        started = Worker(url, folder)
        try:
            started.do("fill", events)
            yield started
        finally:
            started.end()


def main(arguments: list[str]) -> int:
    parser = options("trail")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=20)
    asked = parser.parse_args(arguments)

    def measure(name: str) -> Any:
        return measured(name, asked.events, asked.rounds)

    run("trail", asked, "events", measure, as_table)
    return 0


def measured(name: str, events: int, rounds: int) -> dict[str, Any]:
    with ExitStack() as stack:
        short, middle, long = (
            stack.enter_context(worker(name, size)) for size in (SHORT, min(MIDDLE, events), events)
        )
        memory = {"middle": middle.do("memory"), "long": long.do("memory")}
        verified = [long.do("verify") for _ in range(3)]
        # Checkpoints and appends by turns: what else the machine does then meets both alike.
        costs = [(short.do("append", APPENDS), long.do("append", APPENDS)) for _ in range(rounds)]
        checkpoints = [(short.do("checkpoint"), long.do("checkpoint")) for _ in range(rounds)]
        return {
            "database": long.do("version"),
            "append_us": [round(median(each) * 1e6) for each in zip(*costs, strict=True)],
            "append_long_to_short": round(median(large / small for small, large in costs), 3),
            "checkpoint_ms": [round(median(each) * 1e3, 1) for each in zip(*checkpoints, strict=True)],
            "verify": {key: median(each[key] for each in verified) for key in verified[0]},
            "memory_mib": memory,
        }


def as_table(found: dict[str, Any]) -> str:
    head = ("database", "what", "measured")
    lines = [line for each in found["databases"].values() for line in _lines(each, found["events"])]
    return f"{rows(head, lines)}\n\n{conditions(found['machine'])}"


def _lines(each: dict[str, Any], events: int) -> Iterator[tuple[str, str, str]]:
    name, verify, memory = each["database"], each["verify"], each["memory_mib"]
    small, large = each["append_us"]
    yield (
        name,
        f"appending an event to a trail of {SHORT:,} and of {events:,}",
        f"{small} and {large} µs: {each['append_long_to_short']:.2f} times",
    )
    few, many = each["checkpoint_ms"]
    yield name, f"a checkpoint of one new event, after {SHORT:,} and after {events:,}", f"{few} and {many} ms"
    for label, key in (("one process", "alone"), ("a process for each core", "shared")):
        share = verify["hashing"] / verify[key]
        yield (
            name,
            f"verifying {events:,} events, {label}, beside reading and hashing the same bytes and nothing else",
            f"{events / verify[key]:,.0f} against {events / verify['hashing']:,.0f} a second: {100 * share:.0f} %",
        )
    yield (
        name,
        "the same against hashing the bytes when they are in memory already, for information",
        f"{100 * verify['in_memory'] / verify['shared']:.0f} %",
    )
    yield (
        name,
        f"memory of verifying {MIDDLE:,} and {events:,} events (largest process)",
        f"{memory['middle']:.0f} and {memory['long']:.0f} MiB",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
