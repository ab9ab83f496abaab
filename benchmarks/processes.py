"""A measurement in a process of its own, on a database of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from .databases import database


def measured(module: str, settings: str, name: str, *numbers: int) -> Any:
    """What `python -m module NUMBERS FILE` writes into the file as JSON, on an empty database of the kind `name`,
    under the Django settings in `settings`."""
    with tempfile.TemporaryDirectory(prefix="accreditation-bench-") as folder, database(name, folder) as url:
        result = Path(folder) / "result.json"
        environment = os.environ | {
            "DATABASE_URL": url,
            "BENCHMARK_DIR": folder,
            "DJANGO_SETTINGS_MODULE": settings,
        }
        command = [sys.executable, "-m", module, *map(str, numbers), str(result)]
        subprocess.run(command, env=environment, check=True)
        return json.loads(result.read_text())
