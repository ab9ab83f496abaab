"""manage.py redraw_samples: draw every sample of a file, or of an auditor, again, and compare."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.audit_samples import AUDIT_SAMPLE_DRAWN, drawn_again
from accreditation_engine.reviews.visits import drawn_samples
from accreditation_engine.trail.models import Event


class Command(BaseCommand):
    help = (
        "Draw every sample of sites in a file's trail, or of files that an auditor drew, again from its logged"
        " seed; exit 1 where one differs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "number", metavar="FILE", nargs="?", help="the file's number, such as IC-2026-0001"
        )
        parser.add_argument("--auditor", metavar="EMAIL", help="the samples of files that this person drew")

    def handle(self, *args: Any, **options: Any) -> None:
        number, email = options["number"], options["auditor"]
        if (number is None) == (email is None):
            self.refuse("name either a file, such as IC-2026-0001, or an auditor with --auditor EMAIL")
        same = self._of_file(number) if number is not None else self._of_auditor(email)
        if not all(same):
            self.fail()

    def _of_file(self, number: str) -> list[bool]:
        dossier = Dossier.objects.filter(number=number).first()
        if dossier is None:
            self.refuse(f"there is no file {number}; give a number such as IC-2026-0001")
        found = []
        for event, sample in drawn_samples(dossier):
            found.append(sample.drawn_as_said())
            verdict = "drawn again, the same" if found[-1] else "NOT what its seed draws"
            self.stdout.write(f"event {event.seq}, {sample.audit}, seed {sample.seed}: {verdict}")
            self.stdout.write(f"  {', '.join(sample.units)}")
        if not found:
            self.stdout.write("No sample has been drawn for this file.")
        return found

    def _of_auditor(self, email: str) -> list[bool]:
        person = User.objects.filter(email=email.strip().lower()).first()
        if person is None:
            self.refuse(f"nobody has the address {email}; give the one that the auditor signs in with")
        found = []
        draws = Event.objects.filter(stream=person.pk, kind=AUDIT_SAMPLE_DRAWN).order_by("seq")
        for event in draws:
            population, drawn = drawn_again(event)
            found.append(population and drawn)
            self.stdout.write(f"event {event.seq}, seed {event.data['seed']}: {_verdict(population, drawn)}")
            self.stdout.write(f"  {', '.join(event.data['drawn'])}")
        if not found:
            self.stdout.write("This person has drawn no sample.")
        return found


def _verdict(population: bool, drawn: bool) -> str:
    if not population:
        return "NOT the population that the trail gives for that moment"
    return "drawn again, the same" if drawn else "NOT what its seed draws"
