"""A thousand certificates, issued at once and finished by workers that nobody watches: what `make bench` calls.

    python -m benchmarks.batch [--certificates 1000] [--workers 2] [--db sqlite|postgresql|both] [--record]

A worker is killed on the way and another started; one certificate cannot be finished. Prints a table and writes
results/batch.json; with --record, the table goes into benchmarks/README.md as well.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from benchmarks.processes import measured
from benchmarks.site_runs import conditions, options, run
from benchmarks.table import rows


def main(arguments: list[str]) -> int:
    parser = options("batch")
    parser.add_argument("--certificates", type=int, default=1_000)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args(arguments)

    def measure(name: str) -> Any:
        return measured(
            "benchmarks.batch_work", "benchmarks.site_settings", name, asked.certificates, asked.workers
        )

    return int(not run("batch", asked, "certificates", measure, as_table))


def as_table(found: dict[str, Any]) -> str:
    head = (
        *("database", "workers", "minutes", "papers a second", "killed at"),
        *(
            "progress was told",
            "highest memory of each worker, MB",
            "grew from the first quarter to the last, MB",
        ),
    )
    lines = list(_lines(found["databases"]))
    counted = f"{found['certificates']:,} certificates, of which one cannot be finished."
    asked = f"{counted} {conditions(found['machine'])}"
    return f"{rows(head, lines)}\n\n{asked}"


def _lines(databases: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for each in databases.values():
        told = [held for held in each["memory"] if held["highest_mb"] is not None]
        yield (
            each["database"],
            str(each["workers"]),
            f"{each['seconds'] / 60:.1f}",
            f"{each['a_second']:.1f}",
            f"{each['killed_at']} papers",
            f"{len(each['progress'])} times",
            ", ".join(f"{held['highest_mb']:.0f}" for held in told),
            ", ".join(f"{held['grew_mb']:.0f}" for held in told),
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
