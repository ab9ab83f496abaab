"""The state of the site is its own: folders and files that no other account of the machine reads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

OTHERS = 0o077


def closed_folder(path: Path) -> Path:
    """`path`, made for its owner alone where there is none; one that is there stays as somebody left it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def closed_database(path: Path) -> None:
    """Make an empty SQLite database at `path` that only its owner reads, where there is none: SQLite itself makes
    one that everybody reads. What it writes beside (the log ahead) is as open as the database is. Nothing is made
    where there is no such folder."""
    with suppress(FileExistsError, FileNotFoundError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def open_to_others(folder: Path, database: Path | None) -> Iterator[tuple[Path, int]]:
    """What other accounts of the machine can get at, each with the mode that closes it: the `folder` of the state,
    and the file of the `database` where its own folder does not close it."""
    if _open(folder):
        yield folder, 0o700
    if database is not None and _open(database) and _open(database.parent):
        yield database, 0o600


def _open(path: Path) -> bool:
    return path.exists() and bool(path.stat().st_mode & OTHERS)
