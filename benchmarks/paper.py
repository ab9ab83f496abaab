"""Taking many events away on paper: seconds until the auditor has the PDF.

    python -m benchmarks.paper [--events 1500] [--rounds 5] [--db sqlite|postgresql|both] [--record]

Prints a table and writes results/paper.json; with --record, the table goes into benchmarks/README.md as well.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.databases import DATABASES, available
from benchmarks.machine import facts, load
from benchmarks.processes import measured
from benchmarks.recording import record
from benchmarks.table import rows

HERE = Path(__file__).parent
LANGUAGES = {"ar": "Arabic", "en": "English"}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.paper", allow_abbrev=False)
    parser.add_argument("--events", type=int, default=1_500, help="events of the file")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--db", choices=(*DATABASES, "both"), default="both")
    parser.add_argument("--output", type=Path, default=HERE / "results" / "paper.json")
    parser.add_argument("--record", action="store_true", help="put the table into benchmarks/README.md")
    asked = parser.parse_args(arguments)
    found: dict[str, Any] = {"machine": facts(), "events": asked.events, "databases": {}}
    here = available(asked.db)
    for name in here:
        print(f"Measuring on {name} ...", flush=True)
        found["databases"][name] = measured(
            "benchmarks.paper_work", "benchmarks.site_settings", name, asked.events, asked.rounds
        )
    found["machine"]["load_after"] = load()
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text(json.dumps(found, indent=2) + "\n")
    table = as_table(found)
    print(f"\n{table}\n")
    if asked.record:
        record("paper", table)
    return int(asked.db != "sqlite" and "postgresql" not in here)


def as_table(found: dict[str, Any]) -> str:
    head = ("database", "language", "events", "seconds", "size")
    lines = [line for each in found["databases"].values() for line in _lines(each, found["events"])]
    machine = found["machine"]
    conditions = (
        f"{machine['processor']}, {machine['cores']} cores, load before {machine['load_before']} and after"
        f" {machine['load_after']}; Python {machine['python']}, commit {machine['commit']}."
    )
    return f"{rows(head, lines)}\n\n{conditions}"


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
