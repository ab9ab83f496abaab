"""The demo, and beside its files so many more, each left where one of the demo's own is left.

python -m benchmarks.pages_world FILES RESULT.json
"""

from __future__ import annotations

import json
import sys
from io import StringIO
from pathlib import Path

import django

LEFT_IN = ("draft", "screening", "in_review", "in_review", "reviewed", "deciding", "screening", "")
"""The states of the files, by turns; the last goes on to its certificate."""
PEOPLE = {
    "applicant": "amal",
    "coordinator": "coordinator",
    "reviewer": "reviewer",
    "panel": "panel",
    "auditor": "auditor",
}
BESIDE = (0.7, 0.75, 0.8, 0.85, 0.9)


def main(files: int, result: Path) -> None:
    django.setup()
    result.write_text(json.dumps(build(files)))


def build(files: int) -> dict[str, object]:
    """Build it on an empty database. Gives how many files there are, the people and their password, and the pages
    to look at for each: names and addresses."""
    from django.conf import settings
    from django.core.management import call_command

    from accreditation_engine.demo.cast import seed_cast
    from accreditation_engine.dossiers.models import Dossier
    from accreditation_engine.engine.jobs.statistics import gather_statistics
    from accreditation_engine.trail.transparency.checkpoints import make_checkpoint

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("demo", no_serve=True, stdout=StringIO())
    cast = seed_cast()
    for number in range(files):
        _file(number, cast)
    make_checkpoint()
    gather_statistics()  # as the worker does every few hours
    return {
        "files": Dossier.objects.count(),
        "password": (Path(settings.VAR_DIR) / "demo" / "password").read_text(),
        "people": {who: f"{address}@demo.example" for who, address in PEOPLE.items()},
        "pages": _pages(),
    }


def _pages() -> dict[str, dict[str, str]]:
    from django.urls import reverse

    from accreditation_engine.certificates.models import Certificate
    from accreditation_engine.demo.world import OTHERS, registration
    from accreditation_engine.dossiers.models import Dossier

    of = {
        each.key: Dossier.objects.get(organisation__registration_number=registration(each)) for each in OTHERS
    }

    def page(member: str, name: str, *more: str) -> str:
        return reverse(name, args=[of[member].pk, *more])

    area = ("institutional-commitment", "integrity")
    return {
        "nobody": {
            "sign in": "/sign-in/",
            "schemes": "/about/",
            "register": "/register/",
            "certificate": f"/register/{Certificate.objects.order_by('issued_on')[0].number}/",
        },
        "applicant": {
            "home": "/",
            "file": page("amal", "dossier"),
            "self-assessment": page("amal", "self_assessment_area", *area),
            "preview": page("amal", "preview_file"),
        },
        "coordinator": {
            "home": "/",
            "season": "/season/",
            "files": "/files/",
            "file": page("khatwa", "dossier"),
        },
        "reviewer": {
            "home": "/",
            "queue": "/queue/",
            "review": page("bahr", "review"),
            "review of an area": page("bahr", "review_area", *area),
        },
        "panel": {"file": page("sanad", "dossier"), "ratings": page("sanad", "ratings")},
        "auditor": {"desk": "/audit/", "trail": page("wasl", "trail")},
    }


def _file(number: int, cast: object) -> None:
    from django.db import transaction

    from accreditation_engine.demo.autopilot import Play, play
    from accreditation_engine.demo.cast import seed_person
    from accreditation_engine.demo.world import SCHEME, invented_ratings
    from accreditation_engine.dossiers.domain import open_dossier
    from accreditation_engine.engine.acting import SYSTEM
    from accreditation_engine.engine.compiled import compiled
    from accreditation_engine.organisations.domain import join
    from accreditation_engine.organisations.registering import register_organisation

    with transaction.atomic():
        organisation = register_organisation(
            name_ar=f"جمعية أهلية رقم {number}",
            name_en=f"Association number {number}",
            registration_number=f"BENCH-{number:04d}",
            governorate="القاهرة",
            by=SYSTEM,
        )
        person = seed_person(f"person{number}", f"مندوب الجمعية {number}", None)
        join(organisation=organisation, user=person, by=SYSTEM)
        dossier = open_dossier(organisation=organisation, scheme=SCHEME, by=person)
        level = BESIDE[number % len(BESIDE)]
        ratings = {
            key: value
            for rubric in compiled(dossier.edition_id).asked.values()
            for key, value in invented_ratings(rubric, level)
        }
        case = Play(dossier, cast, person, ratings, {}, "بيانات تجريبية", asked=number % 3)  # type: ignore[arg-type]
        for _step in play(case, until=LEFT_IN[number % len(LEFT_IN)]):
            pass


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
