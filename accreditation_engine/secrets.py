"""The site's secret key, where the environment gives none."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path


def secret_key(path: Path) -> str:
    """The key kept in `path`, readable by its owner only; made on the first start.

    Several processes may start at once: the key is written aside and linked into place whole, so the first
    wins and the others read what it wrote.
    """
    if not path.exists():
        descriptor, aside = tempfile.mkstemp(dir=path.parent)  # 0600
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(aside, path)
        os.unlink(aside)
    return path.read_text().strip()
