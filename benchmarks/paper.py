"""Taking many events away on paper: seconds until the auditor has the PDF.

    python -m benchmarks.paper [--events 1500] [--rounds 5] [--db sqlite|postgresql|both] [--record]

Prints a table and writes results/paper.json; with --record, the table goes into benchmarks/README.md as well.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from benchmarks.processes import measured
from benchmarks.site_runs import conditions, options, run
from benchmarks.table import rows

LANGUAGES = {"ar": "Arabic", "en": "English"}


def main(arguments: list[str]) -> int:
    parser = options("paper")
    parser.add_argument("--events", type=int, default=1_500, help="events of the file")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args(arguments)

    def measure(name: str) -> Any:
        return measured("benchmarks.paper_work", "benchmarks.site_settings", name, asked.events, asked.rounds)

    return int(not run("paper", asked, "events", measure, as_table))


def as_table(found: dict[str, Any]) -> str:
    head = ("database", "language", "events", "seconds", "size")
    lines = [line for each in found["databases"].values() for line in _lines(each, found["events"])]
    return f"{rows(head, lines)}\n\n{conditions(found['machine'])}"


def _lines(each: dict[str, Any], events: int) -> Iterator[tuple[str, ...]]:
    for language, title in LANGUAGES.items():
        taken = each[language]
        yield (
            each["database"],
            title,
            f"{events:,}",
            f"{taken['seconds']:.2f}",
            f"{taken['bytes'] / 1024:,.0f} KiB",
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
