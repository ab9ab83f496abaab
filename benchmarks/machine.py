"""What a measurement depends on: the machine, and the versions."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = (
    "django",
    "django-viewflow",
    "django-fsm-2",
    "django-fsm-log",
    "psycopg",
    "typst",
    "pyhanko",
    "weasyprint",
)


def facts() -> dict[str, str]:
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "load_before": load(),
        "system": f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}",
        "python": platform.python_version(),
        "commit": _commit(),
        **{name: _version(name) for name in PACKAGES},
    }


def load() -> str:
    """How many processes want a core, over the last minute. Above the number of cores, times say little."""
    return f"{os.getloadavg()[0]:.2f}"


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", known.read_text()) if known.exists() else None
    return found[1] if found else platform.machine()


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "unknown"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
