"""Check rubrics and workflows: their shape, what they mean, and the static proof of every workflow."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from accreditation_engine.definitions.checking import Checked, files_in, read_files
from accreditation_engine.definitions.schema import schema_of
from accreditation_engine.engine.commands import Command as HouseCommand
from accreditation_engine.engine.definition_files import rubrics_near, shipped, shown
from accreditation_engine.engine.holders import roles_nobody_holds
from accreditation_engine.engine.registry import vocabulary


class Command(HouseCommand):
    help = "Checks definition files and prints every error as `file:line: message`."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths", nargs="*", metavar="PATH", help="a file or a folder; all files when none is named"
        )
        parser.add_argument(
            "--schema", choices=("rubric", "workflow"), help="print the JSON Schema of this kind instead"
        )
        self.add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["schema"]:
            self.print_json(schema_of(options["schema"]))
            return
        files = self._files(options["paths"])
        beside = [path for path in rubrics_near(files) if path not in {each.resolve() for each in files}]
        names = {path: shown(path) for path in [*files, *beside]}
        checked = read_files(files, vocabulary(), beside=beside, names=names)
        checked = replace(checked, problems=(*checked.problems, *roles_nobody_holds(checked.documents)))
        self._report(checked, options["format"])
        if not checked.ok:
            self.fail()

    def _files(self, named: list[str]) -> list[Path]:
        if not named:
            return [*shipped("rubric"), *shipped("workflow")]
        return list(dict.fromkeys(file for each in named for file in self._in(Path(each))))

    def _in(self, path: Path) -> list[Path]:
        if path.is_dir():
            return files_in(path) or self.refuse(f"no YAML files in {shown(path)}")
        if not path.exists():
            self.refuse(f"no such file or folder: {shown(path)}")
        return [path]

    def _report(self, checked: Checked, form: str) -> None:
        if form == "json":
            problems = [
                {"file": each.file, "line": each.line, "message": each.message} for each in checked.problems
            ]
            self.print_json({"ok": checked.ok, "files": list(checked.files), "problems": problems})
            return
        for problem in checked.problems:
            self.stdout.write(str(problem))
        if checked.ok:
            self.stdout.write(f"Files checked: {len(checked.files)}. No problems.")
        else:
            self.stderr.write(f"Files checked: {len(checked.files)}. Problems: {len(checked.problems)}.")
