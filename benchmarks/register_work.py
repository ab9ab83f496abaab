"""Measures on one database: run by benchmarks.register in a process of its own, once a database.

python -m benchmarks.register_work CERTIFICATES ROUNDS RESULT.json
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import django

# What is looked for: what it is, and the parameters of the page.
SEARCHES: tuple[tuple[str, dict[str, str]], ...] = (
    ("everything", {}),
    ("a word of most names", {"q": "جمعية"}),
    ("two such words, Latin, with capitals", {"q": "Association YOUTH"}),
    ("a part of one number", {"q": "2026-07734"}),
    ("one holder by its registration number", {"q": "r-012345"}),
    ("a word of most names and a number", {"q": "جمعيه r-0123"}),
    ("a word that no name has", {"q": "xyzzy"}),
    ("a status that most have", {"status": "active"}),
    ("a status that few have", {"status": "cancelled"}),
    ("a rare country, a rare status", {"country": "LY", "status": "withdrawn"}),
    (
        "all of these",
        {"q": "مؤسسة", "scheme": "institutional-commitment", "country": "LY", "status": "suspended"},
    ),
    ("a word that no name has, in the country of most", {"q": "xyzzy", "country": "EG", "status": "active"}),
    ("a page far behind", {"q": "جمعية", "after": "5000"}),
)
NAMES = (
    *("number", "holder_ar", "holder_en", "holder_number"),
    *("dossier__organisation__name_ar", "dossier__organisation__name_en"),
    "dossier__organisation__registration_number",
)
COLUMNS = {"scheme": "dossier__scheme", "country": "dossier__organisation__country", "status": "state"}


def main(certificates: int, rounds: int, result: Path) -> None:
    django.setup()
    result.write_text(json.dumps(measure(certificates, rounds)))


def measure(certificates: int, rounds: int) -> dict[str, Any]:
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from accreditation_engine.portal.public import limits
    from benchmarks.queue_world import version
    from benchmarks.register_world import build

    settings.ALLOWED_HOSTS = ["testserver"]
    limits.LOOKUPS_A_MINUTE = 10**9
    call_command("collectstatic", interactive=False, verbosity=0)
    build(certificates)
    client = Client(headers={"accept-language": "ar"})
    client.get("/register/")  # what a process reads once, it has read
    return {
        "database": version(),
        "searches": [_measured(client, what, asked, rounds) for what, asked in SEARCHES],
    }


def _measured(client: Any, what: str, asked: dict[str, str], rounds: int) -> dict[str, Any]:
    """Milliseconds of each, by turns, so that what else the machine does meets all alike."""
    from accreditation_engine.certificates.register.search import MOST, page_of

    search, behind = _search(asked), int(asked["after"]) if "after" in asked else None
    found = page_of(search, behind)
    ways: dict[str, Callable[[], Any]] = {
        "ours": lambda: client.get("/register/", asked),
        "sql": lambda: page_of(search, behind),
        "admin": lambda: _as_admin(asked),
    }
    spent: dict[str, list[float]] = {name: [] for name in (*ways, "process")}
    for _round in range(rounds):
        for name, way in ways.items():
            started, worked = time.perf_counter(), time.process_time()
            way()
            spent[name].append(1000 * (time.perf_counter() - started))
            if name == "ours":
                spent["process"].append(1000 * (time.process_time() - worked))
    return {
        "what": what,
        "found": f"more than {MOST:,}" if found.more else f"{found.count:,}",
        **{name: round(median(each), 1) for name, each in spent.items()},
        "slowest": round(max(spent["ours"]), 1),
    }


def _search(asked: dict[str, str]) -> Any:
    from accreditation_engine.certificates.register.search import Search

    named = {name: asked.get(name, "") for name in ("scheme", "country", "status")}
    return Search(words=asked.get("q", ""), **named)


def _as_admin(asked: dict[str, str]) -> list[Any]:
    """What the list of Django's admin asks for the same: how many fit, and the rows of one page. It folds no
    letter but Latin capitals, so it finds less, and knows a state for a status."""
    from django.db.models import Q

    from accreditation_engine.certificates.models import Certificate

    rows = Certificate.objects.select_related("dossier__organisation").order_by("-issued_on", "-number")
    for word in asked.get("q", "").split():
        fits = Q()
        for name in NAMES:
            fits |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(fits)
    rows = rows.filter(**{COLUMNS[name]: value for name, value in asked.items() if name in COLUMNS})
    start = int(asked.get("after", 0))
    return [rows.count(), list(rows[start : start + 25])]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
