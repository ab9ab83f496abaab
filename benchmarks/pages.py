"""What the pages of each role cost who opens them, beside those of pretalx; and what each costs the site.

    python -m benchmarks.pages            several minutes; --record puts the tables into benchmarks/README.md

Both sites are served by granian on this machine from SQLite, with as many files as submissions. Pretalx has an
environment of its own, which `make bench` installs; without it ours are measured alone.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from benchmarks.machine import facts, load
from benchmarks.pages_browser import browsing, measured, signed_in
from benchmarks.pages_table import as_tables
from benchmarks.recording import record
from tests.support.serving import at, free_port, served

HERE = Path(__file__).parent
RIVAL = HERE.parent / ".venv-pretalx" / "bin" / "python"
PASSWORD_FIELDS = {"ours": ("username", "password"), "pretalx": ("login_email", "login_password")}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", allow_abbrev=False)
    parser.add_argument("--files", type=int, default=300, help="so many beside those of the demo")
    parser.add_argument("--rounds", type=int, default=7, help="how often every page is asked for")
    parser.add_argument("--rival", type=Path, default=RIVAL, help="a Python that has pretalx")
    parser.add_argument("--output", type=Path, default=HERE / "results" / "pages.json")
    parser.add_argument("--record", action="store_true", help="put the tables into benchmarks/README.md")
    asked = parser.parse_args(arguments)
    found: dict[str, Any] = {"machine": facts()}
    with tempfile.TemporaryDirectory(prefix="accreditation-bench-") as folder, browsing() as browser:
        found |= _ours(Path(folder), asked, browser)
        if asked.rival.exists():
            found["pretalx"] = _pretalx(Path(folder), asked.rival, found["files"], browser)
        else:
            print(f"pretalx is not here ({asked.rival}): ours alone")
    found["machine"]["load_after"] = load()
    asked.output.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    tables = as_tables(found)
    print(f"\n{tables}\n")
    if asked.record:
        record("pages", tables)
    return 0


def _ours(folder: Path, asked: argparse.Namespace, browser: Browser) -> dict[str, Any]:
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "BENCHMARK_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "benchmarks.site_settings",
        "SITE_URL": f"http://127.0.0.1:{port}",
    }
    print(f"Building a site of {asked.files} files beside those of the demo ...", flush=True)
    built = _told(sys.executable, "-m", "benchmarks.pages_world", asked.files, folder, environment)
    print("Asking for every page ...", flush=True)
    every = _told(sys.executable, "-m", "benchmarks.pages_cost", asked.rounds, folder, environment)
    with served(sys.executable, "accreditation_engine.wsgi:application", port, environment) as server:
        print("Opening the main pages ...", flush=True)
        opened = {}
        for who, pages in built["pages"].items():
            kept = None
            if who != "nobody":
                said = (built["people"][who], built["password"])
                kept = _door(browser, port, "/sign-in/", "ours", said)
            for name, address in pages.items():
                opened[f"{who}: {name}"] = measured(browser, at(port, address), kept, server, "ar-EG")
    return {"files": built["files"], "pages": opened, "every_page": every}


def _pretalx(folder: Path, python: Path, submissions: int, browser: Browser) -> dict[str, Any]:
    port = free_port()
    environment = os.environ | {
        "PRETALX_DATA_DIR": str(folder / "pretalx"),
        "PRETALX_FILESYSTEM_STATIC": str(folder / "pretalx" / "static"),
        "PRETALX_SITE_URL": f"http://127.0.0.1:{port}",
        "PRETALX_NO_INITIAL_LOG": "1",
        "DJANGO_SETTINGS_MODULE": "pretalx.settings",
    }
    print(f"Building a conference of {submissions} submissions in pretalx ...", flush=True)
    built = _told(
        str(python), str(HERE / "rivals" / "pretalx_world.py"), "", submissions, folder, environment
    )
    with served(str(python), "pretalx.wsgi:application", port, environment) as server:
        print("Opening its review pages ...", flush=True)
        kept = _door(browser, port, "/orga/login/", "pretalx", (built["email"], built["password"]))
        pages = {
            name: measured(browser, at(port, address), kept, server, "en-GB")
            for name, address in built["pages"].items()
        }
    return {"version": built["version"], "submissions": submissions, "pages": pages}


def _door(browser: Browser, port: int, address: str, whose: str, said: tuple[str, str]) -> Any:
    return signed_in(browser, at(port, address), dict(zip(PASSWORD_FIELDS[whose], said, strict=True)))


def _told(python: str, *what: Any) -> Any:
    """What a program of a process of its own writes into the file that it is given last, as JSON."""
    *command, folder, environment = what
    result = folder / "result.json"
    words = [python, *(str(each) for each in command if each != ""), str(result)]
    subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL)
    return json.loads(result.read_text())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
