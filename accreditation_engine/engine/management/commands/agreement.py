"""manage.py agreement: how far raters agree, from a CSV of ratings."""

from __future__ import annotations

import sys
from argparse import BooleanOptionalAction
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.engine.isolates import isolate
from accreditation_engine.scoring.agreement import LEVELS, agreement, rating_table
from accreditation_engine.scoring.agreement.lines import agreement_lines
from accreditation_engine.scoring.agreement.reading import RatingsFile
from accreditation_engine.scoring.agreement.resampling import SEED
from accreditation_engine.scoring.agreement.taken import taken_lines
from accreditation_engine.scoring.file_problems import RatingsFileError
from accreditation_engine.scoring.files import LARGEST_FILE


class Command(BaseCommand):
    help = "Print Krippendorff's alpha, the kappas and the six intraclass correlations of ratings in a CSV."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "ratings",
            help="a CSV: a row a unit, a column a rater, empty where missing; columns that name the units"
            " are set aside; - reads from stdin",
        )
        parser.add_argument("--level", choices=LEVELS, required=True, help="the level of measurement")
        parser.add_argument(
            "--header",
            action=BooleanOptionalAction,
            help="whether the first line names the raters; when left out, it does unless all in it are numbers",
        )
        parser.add_argument(
            "--scale",
            nargs=2,
            type=float,
            metavar=("MINIMUM", "MAXIMUM"),
            help="the least and the greatest rating there can be, to caution when little of it is used",
        )
        parser.add_argument(
            "--units",
            action="append",
            default=[],
            metavar="COLUMN",
            help="a column that names the units, by its name or number; may be given again",
        )
        parser.add_argument(
            "--no-units",
            action="store_true",
            help="take for a rater every column that --units does not name, whatever it looks like",
        )
        parser.add_argument(
            "--seed", type=int, default=SEED, help=f"of the bootstrap intervals; {SEED} when left out"
        )
        self.add_format(parser)
        self.add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["seed"] < 0:
            self.refuse(_("%(option)s must be 0 or more") % {"option": isolate("--seed")})
        file = self.file(options)
        found = agreement(file.table, options["level"], seed=options["seed"])
        if options["format"] == "json":
            self.print_json(found.as_json() | file.as_json())
            return
        language = options["language"] or "en"
        self.stdout.write("\n".join([*taken_lines(file, language), "", *agreement_lines(found, language)]))

    def file(self, options: dict[str, Any]) -> RatingsFile:
        source, scale = options["ratings"], self.scale(options)
        try:
            return rating_table(
                _content(source),
                options["level"],
                header=options["header"],
                scale=scale,
                units=options["units"],
                look_for_units=not options["no_units"],
            )
        except OSError as error:
            words = _("%(file)s: cannot be read: %(why)s")
            return self.refuse(
                words % {"file": isolate(source), "why": isolate(error.strerror or str(error))}
            )
        except RatingsFileError as error:
            said = (each.in_words(options["language"] or "en") for each in error.problems)
            return self.refuse_all(said, before=f"{isolate(source)}: ")

    def scale(self, options: dict[str, Any]) -> tuple[float, float] | None:
        if options["scale"] is None:
            return None
        least, greatest = options["scale"]
        if not least < greatest:
            words = _("%(option)s takes the minimum and then the maximum, which is greater")
            self.refuse(words % {"option": isolate("--scale")})
        return least, greatest


def _content(source: str) -> bytes:
    """A little more than a file may have is enough to know that it has too much."""
    if source == "-":
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    with Path(source).open("rb") as file:
        return file.read(LARGEST_FILE + 1)
