"""Check rubrics and workflows: their shape, what they mean, and the static proof of every workflow."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from accreditation_engine.definitions.checking import Checked, files_in, read_files
from accreditation_engine.definitions.reading import LARGEST_FILE, attempt_text
from accreditation_engine.definitions.schema import schema_of
from accreditation_engine.engine.commands import Command as HouseCommand
from accreditation_engine.engine.definition_files import in_words, message_of, rubrics_near, shipped, shown
from accreditation_engine.engine.holders import roles_nobody_holds
from accreditation_engine.engine.isolates import isolate
from accreditation_engine.engine.registry import vocabulary
from accreditation_engine.engine.suggesting import all_of

STDIN = "stdin"
"""What messages call the definition that comes that way."""


class Command(HouseCommand):
    help = "Checks definition files and prints every error as `file:line: message`."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths",
            nargs="*",
            metavar="PATH",
            help="a file or a folder, - reads one definition from stdin; all files when none is named",
        )
        parser.add_argument(
            "--schema", choices=("rubric", "workflow"), help="print the JSON Schema of this kind instead"
        )
        self.add_format(parser)
        self.add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["schema"]:
            self.print_json(schema_of(options["schema"]))
            return
        files = self._files(options["paths"])
        piped = (
            [attempt_text(sys.stdin.buffer.read(LARGEST_FILE + 1), file=STDIN)]
            if "-" in options["paths"]
            else []
        )
        around = [*files, *([Path.cwd() / STDIN] if piped else [])]
        beside = [path for path in rubrics_near(around) if path not in {each.resolve() for each in files}]
        names = {path: shown(path) for path in [*files, *beside]}
        checked = read_files(files, vocabulary(), beside=beside, names=names, also=piped)
        checked = replace(checked, problems=(*checked.problems, *roles_nobody_holds(checked.documents)))
        self._report(checked, options["format"])
        if not checked.ok:
            self.fail()

    def _files(self, named: list[str]) -> list[Path]:
        if not named:
            return [*shipped("rubric"), *shipped("workflow")]
        found = (file for each in named if each != "-" for file in self._in(Path(each)))
        return list(dict.fromkeys(found))

    def _in(self, path: Path) -> list[Path]:
        values = {"path": isolate(shown(path))}
        if path.is_dir():
            return files_in(path) or self.refuse(_("no YAML files in %(path)s") % values)
        if not path.exists():
            self.refuse(_("no such file or folder: %(path)s") % values)
        return [path]

    def _report(self, checked: Checked, form: str) -> None:
        if form == "json":
            problems = [
                {"file": each.file, "line": each.line, "message": message_of(each)}
                for each in checked.problems
            ]
            waiting = {"shape_only": list(checked.shape_only), "uncompared": list(checked.uncompared)}
            self.print_json(
                {"ok": checked.ok, "files": list(checked.files), "problems": problems, "waiting": waiting}
            )
            return
        for problem in checked.problems:
            self.stdout.write(in_words(problem))
        counts = {"files": len(checked.files), "problems": len(checked.problems)}
        if checked.ok:
            self.stdout.write(_("Files checked: %(files)d. No problems.") % counts)
            return
        self.stderr.write(_("Files checked: %(files)d. Problems: %(problems)d.") % counts)
        for words in _waiting(checked):
            self.stderr.write(words)


def _waiting(checked: Checked) -> Iterator[str]:
    """Which checks did not run yet, so that nobody takes what is printed for all that there is."""
    if checked.shape_only:
        words = _(
            "Only the shape of these was checked. Their meaning and the proof come when it is right, so run this"
            " again: %(files)s"
        )
        yield words % {"files": all_of(checked.shape_only)}
    if checked.uncompared:
        words = _(
            "Whether one outcome leaves nothing to another is checked when scale and conditions are right, so run"
            " this again: %(files)s"
        )
        yield words % {"files": all_of(checked.uncompared)}
