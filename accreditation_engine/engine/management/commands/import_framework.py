"""manage.py import_framework: a framework library or a table of criteria becomes a rubric file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from accreditation_engine.definitions.importing import import_file
from accreditation_engine.definitions.problems import DefinitionError
from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.engine.definition_files import shown

NAMED_AT_MOST = 10


class Command(BaseCommand):
    help = (
        "Make a rubric file of a CISO Assistant framework library (YAML), or of a table (xlsx, csv) with columns"
        " area, criterion, weight, guidance, and list what could not be carried over."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a library (.yaml) or a table (.xlsx, .csv)")
        parser.add_argument(
            "--output", type=Path, required=True, metavar="FILE", help="the rubric file to write"
        )
        parser.add_argument("--force", action="store_true", help="write over an output that is there already")
        self.add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        source, output = options["file"], options["output"]
        if output.exists() and not options["force"]:
            self.refuse(f"{shown(output)} is there already; give another --output, or --force")
        try:
            rubric, written = import_file(source, file=shown(source))
            output.write_text(written.text, encoding="utf-8")
        except DefinitionError as error:
            self.refuse(_several([str(each) for each in error.problems]))
        except OSError as error:
            self.refuse(f"{shown(output)}: cannot be written: {error.strerror or error}")
        counts = {"areas": len(list(rubric.every_area())), "criteria": len(list(rubric.every_criterion()))}
        if options["format"] == "json":
            named = {"rubric": rubric.id, "edition": rubric.edition, "output": shown(output)}
            self.print_json({**named, **counts, "notes": list(written.notes)})
            return
        held = f"areas: {counts['areas']}, criteria: {counts['criteria']}"
        self.stdout.write(f"{shown(output)}: rubric {rubric.id} {rubric.edition}, {held}")
        self.stdout.write("Not carried over, or still to be written:")
        for note in written.notes:
            self.stdout.write(f"  {note}")


def _several(problems: list[str]) -> str:
    more = len(problems) - NAMED_AT_MOST
    return "; ".join(problems[:NAMED_AT_MOST]) + (f"; and {more} more" if more > 0 else "")
