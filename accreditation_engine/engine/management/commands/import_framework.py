"""manage.py import_framework: a framework library or a table of criteria becomes a rubric file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from accreditation_engine.definitions.importing import import_file
from accreditation_engine.definitions.problems import DefinitionError
from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.engine.definition_files import in_words, shown
from accreditation_engine.engine.isolates import isolate


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
        self.add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        source, output = options["file"], options["output"]
        where = {"file": isolate(shown(output))}
        if output.exists() and not options["force"]:
            words = _("%(file)s is there already; give another %(output)s, or %(force)s")
            self.refuse(words % {**where, "output": isolate("--output"), "force": isolate("--force")})
        try:
            rubric, written = import_file(source, file=shown(source))
            output.write_text(written.text, encoding="utf-8")
        except DefinitionError as error:
            self.refuse_all(in_words(each) for each in error.problems)
        except OSError as error:
            words = _("%(file)s: cannot be written: %(why)s")
            self.refuse(words % {**where, "why": isolate(error.strerror or str(error))})
        notes = written.in_words(options["language"] or "en")
        counts = {"areas": len(list(rubric.every_area())), "criteria": len(list(rubric.every_criterion()))}
        if options["format"] == "json":
            named = {"rubric": rubric.id, "edition": rubric.edition, "output": shown(output)}
            losses = [each.as_json() for each in written.losses]
            self.print_json({**named, **counts, "notes": list(notes), "losses": losses})
            return
        words = _("%(file)s: rubric %(rubric)s %(edition)s, areas: %(areas)d, criteria: %(criteria)d")
        named = {**where, "rubric": isolate(rubric.id), "edition": isolate(rubric.edition)}
        self.stdout.write(words % {**named, **counts})
        self.stdout.write(_("Not carried over, or still to be written:"))
        for note in notes:
            self.stdout.write(f"  {note}")
