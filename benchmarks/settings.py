"""The site's settings on a database of the benchmark's own, and the rivals beside the site's apps."""

from __future__ import annotations

import os
from pathlib import Path

# Everything lies in a temporary folder that benchmarks.transitions made.
os.environ["VAR_DIR"] = str(Path(os.environ["BENCHMARK_DIR"]) / "var")

from accreditation_engine.settings import *  # noqa: F403
from accreditation_engine.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "viewflow", "viewflow.workflow", "django_fsm_log", "benchmarks.rivals"]
