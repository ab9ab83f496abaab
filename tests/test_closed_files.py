"""What the site keeps is for its own account alone."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from accreditation_engine.closed_files import closed_database, closed_folder, open_to_others
from accreditation_engine.engine.checks import state_is_closed

ROOT = Path(__file__).parent.parent


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


FIRST_START = """
import os, sqlite3
os.umask(0)
from accreditation_engine.settings import VAR_DIR
database = sqlite3.connect(VAR_DIR / "db.sqlite3")
database.execute("PRAGMA journal_mode=WAL")
database.execute("CREATE TABLE t (x)")
print(*(f"{each.name} {each.stat().st_mode & 0o777:o}" for each in VAR_DIR.iterdir()))
"""


def test_folder_and_database_are_closed_when_a_site_starts_for_the_first_time(tmp_path: Path) -> None:
    """Whatever the umask; so is what SQLite writes beside the database."""
    var = tmp_path / "var"
    done = subprocess.run(
        [sys.executable, "-c", FIRST_START],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(var)},
        capture_output=True,
        text=True,
        check=True,
    )
    words = done.stdout.split()
    found = dict(zip(words[::2], words[1::2], strict=True))
    assert mode(var) == 0o700
    assert {"db.sqlite3", "db.sqlite3-wal", "secret_key"} <= set(found)
    assert set(found.values()) == {"600"}


def test_what_is_there_stays_as_it_is(tmp_path: Path) -> None:
    var, database = tmp_path / "var", tmp_path / "var" / "db.sqlite3"
    var.mkdir(mode=0o755)
    database.write_bytes(b"rows")
    database.chmod(0o644)
    closed_folder(var)
    closed_database(database)
    closed_database(tmp_path / "no such folder" / "db.sqlite3")
    assert (mode(var), mode(database), database.read_bytes()) == (0o755, 0o644, b"rows")


@pytest.mark.parametrize(
    ("folder", "file", "told"),
    [(0o700, 0o644, []), (0o755, 0o600, [0o700]), (0o755, 0o644, [0o700, 0o600])],
)
def test_what_is_open_is_named_with_the_mode_that_closes_it(
    tmp_path: Path, folder: int, file: int, told: list[int]
) -> None:
    database = tmp_path / "db.sqlite3"
    database.touch()
    database.chmod(file)
    tmp_path.chmod(folder)
    assert list(open_to_others(tmp_path, database)) == list(
        zip((tmp_path, database)[: len(told)], told, strict=True)
    )


def test_start_says_how_to_close_what_is_open(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    assert state_is_closed() == []
    tmp_path.chmod(0o750)
    (found,) = state_is_closed()
    assert f"chmod 700 {tmp_path}" in str(found.hint)
    with override("ar"):
        assert str(tmp_path) in state_is_closed()[0].msg.split("الوصول إلى ")[1]
