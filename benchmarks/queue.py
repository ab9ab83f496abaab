"""Taking the next place of a queue, beside the bare statement that takes a row: what `make bench` calls.

    python -m benchmarks.queue [--files 1000] [--rounds 9] [--db sqlite|postgresql|both] [--record]

Prints a table and writes results/queue.json; with --record, the table goes into benchmarks/README.md as well.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from benchmarks.processes import measured
from benchmarks.site_runs import conditions, options, run
from benchmarks.table import rows


def main(arguments: list[str]) -> int:
    parser = options("queue")
    parser.add_argument("--files", type=int, default=1000, help="files that wait, with two places each")
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args(arguments)

    def measure(name: str) -> Any:
        return measured("benchmarks.queue_work", "benchmarks.site_settings", name, asked.files, asked.rounds)

    return int(not run("queue", asked, "files", measure, as_table))


def as_table(found: dict[str, Any]) -> str:
    head = (
        "database",
        "who asks",
        "ours a second",
        "bare statement a second",
        "ours is",
        "places, none twice",
    )
    lines = [line for each in found["databases"].values() for line in _lines(each)]
    return f"{rows(head, lines)}\n\n{found['files']:,} files with two places each. {conditions(found['machine'])}"


def _lines(each: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for who, way in (("one after the other", "alone"), (f"{each['crowd_size']} at once", "crowd")):
        measured = each[way]
        yield (
            each["database"],
            who,
            f"{measured['ours']:,}",
            f"{measured['bare']:,}",
            f"{measured['ratio']:.2f} times that",
            f"{measured['places']:,}",
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
