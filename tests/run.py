"""Runs the whole suite on SQLite and on PostgreSQL: what `make test` calls.

    python -m tests.run [--db sqlite|postgresql|both] [pytest's own arguments]

Each database has a run of pytest of its own, and the last lines are pytest's.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from types import FrameType

import pytest

from tests.support import postgresql, programs

RUNS = {"both": ("sqlite", "postgresql"), "sqlite": ("sqlite",), "postgresql": ("postgresql",)}
ON_SQLITE_ALONE = ("browser", "without_database", "same_on_any_database")
STOP_HERE = (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make test", allow_abbrev=False)
    parser.add_argument("--db", choices=RUNS, default="both")
    ours, for_pytest = parser.parse_known_args(arguments)
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGHUP, _leave)
    _install_missing()
    runs = list(RUNS[ours.db])
    codes = []
    if "postgresql" in runs and not programs.postgresql():
        runs.remove("postgresql")
        os.environ["COULD_NOT_RUN"] = "every test on PostgreSQL: initdb and postgres are not here"
        codes.append(int(os.environ.get("CI") == "true"))
    if not runs:
        sys.exit(f"Could not run {os.environ['COULD_NOT_RUN']}")
    for name in runs:
        codes.append(_suite(name, for_pytest))
        if codes[-1] in STOP_HERE:
            break
    return max(codes)


def _leave(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)  # and so through every `finally`


def _install_missing() -> None:
    missing = programs.missing()
    if missing:
        subprocess.run(["make/packages", *missing], check=False)  # what stays missing is named at the end


def _suite(name: str, for_pytest: list[str]) -> int:
    # A browser sees the same pages whichever database is behind them, and where there is none, none can differ.
    marked = ["-m", f"not ({' or '.join(ON_SQLITE_ALONE)})"] if name == "postgresql" else []
    command = [sys.executable, "-m", "pytest", "-n", "auto", *marked, *for_pytest]
    with _database(name) as environment:
        sys.stdout.write(f"\nTesting on {name}\n")
        sys.stdout.flush()
        tests = subprocess.Popen(command, env=environment)
        try:
            return _wait(tests)
        finally:
            tests.send_signal(signal.SIGINT)  # which pytest takes as: stop, and clean up
            tests.wait()


@contextlib.contextmanager
def _database(name: str) -> Iterator[dict[str, str]]:
    environment = os.environ | {"TEST_DATABASE": name}
    environment.pop("DATABASE_URL", None)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # or each of many processes compiles every module anew
    if name == "sqlite":
        yield environment
    else:
        with postgresql.cluster() as url:
            yield environment | {"DATABASE_URL": url}


def _wait(tests: subprocess.Popen[bytes]) -> int:
    """Ctrl-C reaches pytest as well, which closes what it opened and says how far it came."""
    while True:
        try:
            return tests.wait()
        except KeyboardInterrupt:
            continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
