"""Who notices a forgery: ours, with nothing but the bundle, and others. Part of `make bench`.

    python -m benchmarks.tampering [--output benchmarks/results/tampering.json] [--record]

Prints the table and writes it as JSON; with --record, into benchmarks/README.md as well. Needs PostgreSQL's
programs, because django-pghistory does.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.support import postgresql, programs

HERE = Path(__file__).parent
README = HERE / "README.md"
START, END = "<!-- forged -->", "<!-- /forged -->"
RIVALS = ("django-auditlog", "django-simple-history", "django-fsm-log", "django-pghistory")
SHORT = {"notices": "**notices**", "by hand": "by hand", "no": "no", "-": "–"}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tampering", allow_abbrev=False)
    parser.add_argument("--output", type=Path, default=HERE / "results" / "tampering.json")
    parser.add_argument("--record", action="store_true", help="put the table into benchmarks/README.md")
    asked = parser.parse_args(arguments)
    if not programs.postgresql():
        subprocess.run(["make/packages", "postgresql"], check=False)
    if not programs.postgresql():
        print("Not measured: initdb and postgres are not here", file=sys.stderr)
        return 1
    found = {"versions": {name: version(name) for name in RIVALS}, **_forged()}
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    table = as_table(found)
    print(f"\n{table}\n")
    if asked.record:
        before, _, rest = README.read_text().partition(START)
        README.write_text(f"{before}{START}\n\n{table}\n\n{END}{rest.partition(END)[2]}")
    return int(not all_found(found["ours"]))


def all_found(ours: dict[str, Any]) -> bool:
    worst = ours["worst"]
    found = [*ours["forgeries"].values(), *ours["on_the_site"].values()]
    return not ours["untouched"] and all(found) and bool(worst["with_kept"])


def as_table(found: dict[str, Any]) -> str:
    head = ("forgery", "ours, the bundle alone", *RIVALS)
    rows = [head, tuple("---" for _ in head)]
    for name, codes in found["ours"]["forgeries"].items():
        others = (found["rivals"][each].get(name, {"verdict": "-"})["verdict"] for each in RIVALS)
        rows.append(
            (
                name,
                f"{SHORT['notices']}: {', '.join(codes[:3])}" if codes else "no",
                *(SHORT[each] for each in others),
            )
        )
    rows += _on_the_site(found["ours"]["on_the_site"])
    rows += _worst(found["ours"]["worst"])
    lines = [f"| {' | '.join(row)} |" for row in rows]
    versions = ", ".join(f"{name} {each}" for name, each in found["versions"].items())
    return "\n".join([*lines, "", f"{versions}."])


def _on_the_site(found: dict[str, list[str]]) -> list[tuple[str, ...]]:
    """A bundle of some files has nothing of these; `manage.py verify_trail` has."""
    nothing = ("–",) * len(RIVALS)
    return [
        (name, f"{SHORT['notices']}, on the site: {', '.join(codes)}" if codes else "no", *nothing)
        for name, codes in found.items()
    ]


def _worst(worst: dict[str, list[str]]) -> list[tuple[str, ...]]:
    """The forger rewrites events, tree and every checkpoint, and has them signed with the site's key."""
    nothing = ("–",) * len(RIVALS)
    said = {
        name: f"{SHORT['notices']}: {', '.join(codes)}" if codes else "no" for name, codes in worst.items()
    }
    return [
        ("rewrite everything, checkpoints too, under the site's key", said["alone"], *nothing),
        ("the same, the auditor kept an earlier checkpoint", said["with_kept"], *nothing),
    ]


def _forged() -> Any:
    with tempfile.TemporaryDirectory(prefix="accreditation-bench-") as folder, postgresql.cluster() as url:
        result = Path(folder) / "result.json"
        environment = os.environ | {
            "DATABASE_URL": url,
            "BENCHMARK_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "benchmarks.tampering_settings",
        }
        subprocess.run([sys.executable, "-m", "benchmarks.forging", str(result)], env=environment, check=True)
        return json.loads(result.read_text())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
