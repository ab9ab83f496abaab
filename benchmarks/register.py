"""Searching the register among 100,000 certificates, beside the search of Django's admin: what `make bench` calls.

    python -m benchmarks.register [--certificates 100000] [--rounds 15] [--db sqlite|postgresql|both] [--record]

Prints a table and writes results/register.json; with --record, the table goes into benchmarks/README.md as well.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from benchmarks.processes import measured
from benchmarks.site_runs import conditions, options, run
from benchmarks.table import rows

WITHIN = 50


def main(arguments: list[str]) -> int:
    parser = options("register")
    parser.add_argument("--certificates", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args(arguments)

    def measure(name: str) -> Any:
        return measured(
            "benchmarks.register_work", "benchmarks.site_settings", name, asked.certificates, asked.rounds
        )

    return int(not run("register", asked, "certificates", measure, as_table))


def as_table(found: dict[str, Any]) -> str:
    head = (
        *(
            "database",
            "looked for",
            "found",
            "ours, the whole page: ms",
            "slowest",
            "process ms",
            "SQL alone",
        ),
        "as admin searches, SQL alone: ms",
    )
    lines = [line for each in found["databases"].values() for line in _lines(each)]
    asked = f"{found['certificates']:,} certificates. {conditions(found['machine'])}"
    return f"{rows(head, lines)}\n\n{asked}"


def _lines(each: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for search in each["searches"]:
        yield (
            each["database"],
            search["what"],
            search["found"],
            f"{search['ours']:.0f}",
            f"{search['slowest']:.0f}",
            f"{search['process']:.0f}",
            f"{search['sql']:.0f}",
            f"{search['admin']:.0f}",
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
