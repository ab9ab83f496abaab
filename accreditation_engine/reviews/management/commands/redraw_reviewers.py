"""manage.py redraw_reviewers: make every draw of reviewers again, and compare."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.reviews.allocation.drawing import REVIEWERS_DRAWN, drawn_again
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import names_of


class Command(BaseCommand):
    help = (
        "Make every draw of reviewers for a file, or for all files, again from its logged seed and pool; exit 1"
        " where one draws other names."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "number",
            metavar="FILE",
            nargs="?",
            help="the file's number, such as IC-2026-0001; all files when none is named",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files = Dossier.objects.order_by("number")
        if options["number"] is not None:
            files = files.filter(number=options["number"])
            if not files:
                self.refuse(f"there is no file {options['number']}; give a number such as IC-2026-0001")
        numbers = dict(files.values_list("pk", "number"))
        draws = Event.objects.filter(kind=REVIEWERS_DRAWN).order_by("at", "stream", "seq")
        same = [
            self._again(numbers[each.stream], each) for each in draws.iterator() if each.stream in numbers
        ]
        if not same:
            self.stdout.write("No reviewers have been drawn.")
        elif not all(same):
            self.fail()

    def _again(self, number: str, event: Event) -> bool:
        data, same = event.data, drawn_again(event)
        verdict = "drawn again, the same" if same else "NOT what its seed draws"
        fit = sum(not each["against"] for each in data["pool"])
        self.stdout.write(
            f"{number} event {event.seq}, seed {data['seed']}, {data['places']} of {fit}: {verdict}"
        )
        digests = {each["reviewer"]: each["name_digest"] for each in data["pool"]}
        names = names_of(digests.values())
        called = [names.get(digests.get(each) or "") or str(each) for each in data["drawn"]]
        self.stdout.write(f"  {', '.join(called)}")
        return same
