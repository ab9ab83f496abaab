"""Transitions per second, ours and others', on SQLite and on PostgreSQL: what `make bench` calls.

    python -m benchmarks.transitions [--rounds 9] [--size 100] [--batch 7000] [--db sqlite|postgresql|both]
                                     [--output benchmarks/results/transitions.json] [--record]

Prints the tables and writes them as JSON; with --record, into benchmarks/README.md as well. Each database is
made for the measurement and gone afterwards.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.machine import facts, load
from benchmarks.table import as_tables
from tests.support import postgresql, programs

HERE = Path(__file__).parent
README = HERE / "README.md"
START, END = "<!-- measured -->", "<!-- /measured -->"
DATABASES = ("sqlite", "postgresql")
# As a server has them that must survive a power cut; those of the tests are not.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make bench", allow_abbrev=False)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--size", type=int, default=100, help="transitions a round")
    parser.add_argument("--batch", type=int, default=7000, help="dossiers that perform_many moves at once")
    parser.add_argument("--db", choices=(*DATABASES, "both"), default="both")
    parser.add_argument("--output", type=Path, default=HERE / "results" / "transitions.json")
    parser.add_argument("--record", action="store_true", help="put the tables into benchmarks/README.md")
    asked = parser.parse_args(arguments)
    wanted = DATABASES if asked.db == "both" else (asked.db,)
    if "postgresql" in wanted and not programs.postgresql():
        subprocess.run(["make/packages", "postgresql"], check=False)
    found: dict[str, Any] = {"machine": facts(), "rounds": asked.rounds, "size": asked.size, "databases": {}}
    for name in wanted:
        if name == "postgresql" and not programs.postgresql():
            found["not_measured"] = "postgresql: initdb and postgres are not here"
            continue
        print(f"Measuring on {name} ...", flush=True)
        found["databases"][name] = _measured(name, asked.rounds, asked.size, asked.batch)
    found["machine"]["load_after"] = load()
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text(json.dumps(found, indent=2) + "\n")
    tables = as_tables(found)
    print(f"\n{tables}\n")
    if asked.record:
        _record(tables)
    return int("not_measured" in found)


def _record(tables: str) -> None:
    """Between the two marks of the README."""
    before, _, rest = README.read_text().partition(START)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{START}\n\n{tables}\n\n{END}{after}")


def _measured(database: str, *numbers: int) -> Any:
    with tempfile.TemporaryDirectory(prefix="accreditation-bench-") as folder, _url(database, folder) as url:
        result = Path(folder) / "result.json"
        environment = os.environ | {
            "DATABASE_URL": url,
            "BENCHMARK_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        }
        command = [sys.executable, "-m", "benchmarks.measuring", *map(str, numbers), str(result)]
        subprocess.run(command, env=environment, check=True)
        return json.loads(result.read_text())


@contextlib.contextmanager
def _url(database: str, folder: str) -> Iterator[str]:
    if database == "sqlite":
        yield f"sqlite:///{folder}/db.sqlite3"
    else:
        with postgresql.cluster(**DURABLE) as url:
            yield url


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
