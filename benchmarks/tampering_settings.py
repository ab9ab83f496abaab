"""The benchmark's settings with the packages whose logs are forged. PostgreSQL only: django-pghistory is."""

from __future__ import annotations

from benchmarks.settings import *  # noqa: F403
from benchmarks.settings import INSTALLED_APPS

INSTALLED_APPS = [
    *(each for each in INSTALLED_APPS if each != "benchmarks.rivals"),
    "auditlog",
    "simple_history",
    "pghistory",
    "pgtrigger",
    "benchmarks.forgeable",
]
