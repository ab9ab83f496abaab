"""What the measurements of the site share: their options, each database in its turn, and where it all goes."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.databases import DATABASES, available
from benchmarks.machine import facts, load
from benchmarks.recording import record

HERE = Path(__file__).parent


def options(topic: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{topic}", allow_abbrev=False)
    parser.add_argument("--db", choices=(*DATABASES, "both"), default="both")
    parser.add_argument("--output", type=Path, default=HERE / "results" / f"{topic}.json")
    parser.add_argument("--record", action="store_true", help="put the table into benchmarks/README.md")
    return parser


def run(
    topic: str,
    asked: argparse.Namespace,
    size: str,
    measure: Callable[[str], Any],
    as_table: Callable[[dict[str, Any]], str],
) -> bool:
    """Measure on every database that is asked for and here, keep what is found, print its table. `size` is the
    option that says how much is measured. Gives whether all that was asked for was here."""
    found: dict[str, Any] = {"machine": facts(), size: getattr(asked, size), "databases": {}}
    here = available(asked.db)
    for name in here:
        print(f"Measuring on {name} ...", flush=True)
        found["databases"][name] = measure(name)
    found["machine"]["load_after"] = load()
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text(json.dumps(found, indent=2) + "\n")
    table = as_table(found)
    print(f"\n{table}\n")
    if asked.record:
        record(topic, table)
    return asked.db == "sqlite" or "postgresql" in here


def conditions(machine: dict[str, Any]) -> str:
    """On what, how busy and with what it was measured."""
    return (
        f"{machine['processor']}, {machine['cores']} cores, load before {machine['load_before']} and after"
        f" {machine['load_after']}; Python {machine['python']}, commit {machine['commit']}."
    )
