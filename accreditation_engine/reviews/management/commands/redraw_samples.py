"""manage.py redraw_samples: draw every sample of a file again, and compare."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.reviews.visits import drawn_samples


class Command(BaseCommand):
    help = (
        "Draw every sample of sites in a file's trail again from its logged seed; exit 1 where one differs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", metavar="FILE", help="the file's number, such as IC-2026-0001")

    def handle(self, *args: Any, **options: Any) -> None:
        dossier = Dossier.objects.filter(number=options["number"]).first()
        if dossier is None:
            self.refuse(f"there is no file {options['number']}; give a number such as IC-2026-0001")
        samples = drawn_samples(dossier)
        for event, sample in samples:
            same = sample.drawn_as_said()
            verdict = "drawn again, the same" if same else "NOT what its seed draws"
            self.stdout.write(f"event {event.seq}, {sample.audit}, seed {sample.seed}: {verdict}")
            self.stdout.write(f"  {', '.join(sample.units)}")
        if not samples:
            self.stdout.write("No sample has been drawn for this file.")
        if not all(sample.drawn_as_said() for _, sample in samples):
            self.fail()
