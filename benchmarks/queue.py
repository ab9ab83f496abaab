"""Taking the next place of a queue, beside the bare statement that takes a row: what `make bench` calls.

    python -m benchmarks.queue [--files 1000] [--rounds 9] [--db sqlite|postgresql|both] [--record]

Prints a table and writes results/queue.json; with --record, the table goes into benchmarks/README.md as well.
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


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.queue", allow_abbrev=False)
    parser.add_argument("--files", type=int, default=1000, help="files that wait, with two places each")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--db", choices=(*DATABASES, "both"), default="both")
    parser.add_argument("--output", type=Path, default=HERE / "results" / "queue.json")
    parser.add_argument("--record", action="store_true", help="put the table into benchmarks/README.md")
    asked = parser.parse_args(arguments)
    found: dict[str, Any] = {"machine": facts(), "files": asked.files, "databases": {}}
    here = available(asked.db)
    for name in here:
        print(f"Measuring on {name} ...", flush=True)
        found["databases"][name] = measured(
            "benchmarks.queue_work", "benchmarks.site_settings", name, asked.files, asked.rounds
        )
    found["machine"]["load_after"] = load()
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text(json.dumps(found, indent=2) + "\n")
    table = as_table(found)
    print(f"\n{table}\n")
    if asked.record:
        record("queue", table)
    return int(asked.db != "sqlite" and "postgresql" not in here)


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
    machine = found["machine"]
    conditions = (
        f"{found['files']:,} files with two places each. {machine['processor']}, {machine['cores']} cores, load"
        f" before {machine['load_before']} and after {machine['load_after']}; Python {machine['python']}, commit"
        f" {machine['commit']}."
    )
    return f"{rows(head, lines)}\n\n{conditions}"


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
