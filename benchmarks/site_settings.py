"""The site's settings on a database of the benchmark's own."""

from __future__ import annotations

import os
from pathlib import Path

# Everything lies in a temporary folder that the benchmark made.
os.environ["VAR_DIR"] = str(Path(os.environ["BENCHMARK_DIR"]) / "var")

from accreditation_engine.settings import *  # noqa: F403
