"""The site's settings on a database of the benchmark's own, and the rivals beside the site's apps."""

from __future__ import annotations

from benchmarks.site_settings import *  # noqa: F403
from benchmarks.site_settings import INSTALLED_APPS  # type: ignore[attr-defined]

INSTALLED_APPS = [*INSTALLED_APPS, "viewflow", "viewflow.workflow", "django_fsm_log", "benchmarks.rivals"]
