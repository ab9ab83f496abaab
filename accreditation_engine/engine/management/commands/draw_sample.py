"""manage.py draw_sample: draw branches or programmes to visit from a list, with a seed, without a site."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.scoring.sampling import FACTORS, Choice, Sample, SamplingError, draw
from accreditation_engine.scoring.unit_names import unit_name, unit_names

LARGEST_FILE = 10_000_000


class Command(BaseCommand):
    help = (
        "Draw a sample (IAF MD 1) of the names in a file. The same names, kind of audit, seed and choices give the"
        " same sample. Whoever may try seeds can steer a draw: write the seed down before you use it."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("units", help="a text file in UTF-8, one name a line; - reads from stdin")
        parser.add_argument("--audit", choices=tuple(FACTORS), required=True, help="the kind of audit")
        parser.add_argument("--seed", required=True, help="any text; the draw follows from it")
        parser.add_argument(
            "--choose",
            action="append",
            default=[],
            metavar="NAME=REASON",
            help="a name that is in the sample in any case, and why; may be given again",
        )
        parser.add_argument("--by", default="", help="who chose; needed beside --choose")
        self.add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        units = unit_names(self.text(options["units"]))
        if not units:
            self.refuse(f"{options['units']}: holds no name; give one a line")
        chosen = [self.choice(each, options["by"]) for each in options["choose"]]
        try:
            sample = draw(units, audit=options["audit"], seed=options["seed"], chosen=chosen)
        except SamplingError as error:
            self.refuse(error.in_words("en"))
        if options["format"] == "json":
            self.print_json(sample.as_json())
        else:
            self.stdout.write("\n".join(_lines(sample)))

    def choice(self, typed: str, by: str) -> Choice:
        unit, _equals, reason = typed.partition("=")
        if not (unit_name(unit) and reason.strip()):
            self.refuse(f"--choose '{typed}': give a name, = and the reason")
        if not by.strip():
            self.refuse("--by: say who chose what --choose names")
        return Choice(unit_name(unit), by.strip(), reason.strip())

    def text(self, source: str) -> str:
        try:
            content = _content(source)
        except OSError as error:
            self.refuse(f"{source}: cannot be read: {error.strerror or error}")
        if len(content) > LARGEST_FILE:
            self.refuse(f"{source}: has more than {LARGEST_FILE} bytes, which no list of names has")
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return self.refuse(f"{source}: is not UTF-8 text; save it as UTF-8")


def _content(source: str) -> bytes:
    """A little more than a file may have is enough to know that it has too much."""
    if source == "-":
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    with Path(source).open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def _lines(sample: Sample) -> list[str]:
    return [
        f"{len(sample.units)} of {len(sample.population)}, {sample.audit}, seed {sample.seed}",
        *(f"chosen  {each.unit}: {each.reason} ({each.by})" for each in sample.chosen),
        *(f"drawn   {unit}" for unit in sample.drawn),
    ]
