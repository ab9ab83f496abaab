"""Measures on one database: run by benchmarks.paper in a process of its own, once a database.

python -m benchmarks.paper_work EVENTS ROUNDS RESULT.json
"""

from __future__ import annotations

import json
import sys
import time
from io import StringIO
from pathlib import Path
from statistics import median
from typing import Any

import django

WORDS = (
    "أعيد الملف لاستكمال محضر مجلس الإدارة وكشف الحساب البنكي عن السنة الماضية؛ والمهلة 60 يوما",
    "The minutes of the board and last year's bank statement are missing; 60 days remain",
)


def main(events: int, rounds: int, result: Path) -> None:
    django.setup()
    result.write_text(json.dumps(measure(events, rounds)))


def measure(events: int, rounds: int) -> dict[str, Any]:
    """Seconds from asking for the paper until all of it is there, look and all, by language."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from accreditation_engine.organisations.models import User
    from benchmarks.queue_world import version

    settings.ALLOWED_HOSTS = ["testserver"]
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # or each client warns that it is missing
    call_command("migrate", verbosity=0)
    call_command("demo", no_serve=True, stdout=StringIO())
    number = _long_file(events)
    auditor = User.objects.get(email="auditor@demo.example")
    found: dict[str, Any] = {"database": version()}
    for language in ("ar", "en"):
        client = Client(headers={"accept-language": language})
        client.force_login(auditor)
        found[language] = {"seconds": median(_seconds(client, number) for _ in range(rounds))}
        found[language]["bytes"] = len(_paper(client, number))
    return found


def _seconds(client: Any, number: str) -> float:
    started = time.perf_counter()
    _paper(client, number)
    return time.perf_counter() - started


def _paper(client: Any, number: str) -> bytes:
    answer = client.get("/audit/export/pdf/", {"file": number})
    assert answer.status_code == 200, answer.headers
    assert answer["Content-Type"] == "application/pdf"
    return bytes(answer.content)


def _long_file(events: int) -> str:
    """The number of a file of so many events: it went to and fro between the organisation and the coordinator,
    with the reasons written each time, and steps that were refused."""
    from accreditation_engine.dossiers.declaration import laid_before, signed
    from accreditation_engine.dossiers.models import Dossier
    from accreditation_engine.engine.compiled import compiled
    from accreditation_engine.engine.perform import perform
    from accreditation_engine.engine.reasons import Refused
    from accreditation_engine.organisations.models import User
    from accreditation_engine.trail.models import Event

    dossier = Dossier.objects.filter(state="screening").get()
    coordinator = User.objects.get(email="coordinator@demo.example")
    applicant = User.objects.get(email="rahma@demo.example")
    steps = [("submit", applicant), ("certify", coordinator), ("return_for_completion", coordinator)]
    turn = 1
    while Event.objects.filter(stream=dossier.pk).count() < events:
        name, who = steps[turn % len(steps)]
        try:
            said = WORDS[turn % len(WORDS)] if who is coordinator else ""
            step = compiled(dossier.edition_id).steps[name]
            signature = signed(step, laid_before(dossier), by=who, name=who.name, language="ar")
            perform(dossier, name, who, comment=said, data=signature if name == "submit" else None)
        except Refused:
            assert name == "certify", name
        turn += 1
    return str(dossier.number)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
