"""The secret key is made once, whoever comes first, and is for its owner only."""

from __future__ import annotations

import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE, Popen

from accreditation_engine.secrets import secret_key

ROOT = Path(__file__).parent.parent
STARTS = 20
PRINT = """
import pathlib, sys
from accreditation_engine.secrets import secret_key
print(secret_key(pathlib.Path(sys.argv[1])))
"""


def test_a_key_is_made_on_the_first_start_and_kept(tmp_path: Path) -> None:
    key = secret_key(tmp_path / "key")
    assert len(key) >= 50
    assert secret_key(tmp_path / "key") == key


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    secret_key(tmp_path / "key")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_threads_that_start_at_once_get_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(STARTS) as threads:
        keys = set(threads.map(secret_key, [tmp_path / "key"] * STARTS))
    assert keys == {(tmp_path / "key").read_text()}
    assert [each.name for each in tmp_path.iterdir()] == ["key"]


def test_processes_that_start_at_once_get_the_same_key(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PRINT, str(tmp_path / "key")]
    processes = [Popen(command, stdout=PIPE, text=True, cwd=ROOT) for _ in range(STARTS)]
    keys = {process.communicate()[0].strip() for process in processes}
    assert keys == {(tmp_path / "key").read_text()}
