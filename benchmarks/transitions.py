"""Transitions per second, ours and others', on SQLite and on PostgreSQL: what `make bench` calls.

    python -m benchmarks.transitions [--rounds 9] [--size 100] [--batch 7000] [--db sqlite|postgresql|both]
                                     [--output benchmarks/results/transitions.json] [--record]

Prints the tables and writes them as JSON; with --record, into benchmarks/README.md as well. Each database is
made for the measurement and gone afterwards.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.databases import DATABASES, available
from benchmarks.machine import facts, load
from benchmarks.processes import measured
from benchmarks.recording import record
from benchmarks.table import as_tables

HERE = Path(__file__).parent


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make bench", allow_abbrev=False)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--size", type=int, default=100, help="transitions a round")
    parser.add_argument("--batch", type=int, default=7000, help="dossiers that perform_many moves at once")
    parser.add_argument("--db", choices=(*DATABASES, "both"), default="both")
    parser.add_argument("--output", type=Path, default=HERE / "results" / "transitions.json")
    parser.add_argument("--record", action="store_true", help="put the tables into benchmarks/README.md")
    asked = parser.parse_args(arguments)
    found: dict[str, Any] = {"machine": facts(), "rounds": asked.rounds, "size": asked.size, "databases": {}}
    here = available(asked.db)
    if asked.db != "sqlite" and "postgresql" not in here:
        found["not_measured"] = "postgresql: initdb and postgres are not here"
    for name in here:
        print(f"Measuring on {name} ...", flush=True)
        found["databases"][name] = measured(
            "benchmarks.measuring", "benchmarks.settings", name, asked.rounds, asked.size, asked.batch
        )
    found["machine"]["load_after"] = load()
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text(json.dumps(found, indent=2) + "\n")
    tables = as_tables(found)
    print(f"\n{tables}\n")
    if asked.record:
        record("measured", tables)
    return int("not_measured" in found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
