"""Programs that tests need and that pip cannot bring."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

import pytest

# The first makes no windows, as the others do for every visitor: it takes less than half of their time.
CHROMIUM = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


def chromium() -> str | None:
    return next((path for path in map(shutil.which, CHROMIUM) if path), None)


def postgresql() -> Path | None:
    """The folder that holds `initdb` and `postgres`: Debian keeps them off the PATH, one folder a version."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    return next(
        (each for each in folders if (each / "initdb").exists() and (each / "postgres").exists()), None
    )


def _version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def _libatomic() -> bool:
    """Playwright brings its own driver, which on Linux is linked to this."""
    try:
        return sys.platform != "linux" or bool(ctypes.CDLL("libatomic.so.1"))
    except OSError:
        return False


def softhsm() -> Path | None:
    """The library of a token that is a folder."""
    if not shutil.which("softhsm2-util"):
        return None
    places = (Path("/usr/lib/softhsm"), Path("/usr/lib64/pkcs11"), Path("/usr/local/lib/softhsm"))
    return next((each / "libsofthsm2.so" for each in places if (each / "libsofthsm2.so").exists()), None)


# What Debian calls the package, and how to see that it is there.
PACKAGES = {
    "postgresql": postgresql,
    "chromium-headless-shell": lambda: (
        shutil.which(CHROMIUM[0]) or (chromium() and not shutil.which("apt-get"))
    ),
    "libatomic1": _libatomic,
    "softhsm2": softhsm,
    "poppler-utils": lambda: shutil.which("pdftotext"),
}


def missing() -> list[str]:
    return [package for package, find in PACKAGES.items() if not find()]


def cannot_run(why: str) -> NoReturn:
    """Skip a test where something is missing; in CI, where nothing may be missing, fail it."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{why}, and CI=true", pytrace=False)
    pytest.skip(why)
