"""Draw a workflow as SVG."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import translation

from accreditation_engine.definitions.drawing import draw
from accreditation_engine.definitions.problems import DefinitionError
from accreditation_engine.definitions.reading import read_file
from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.engine.commands import Command as HouseCommand
from accreditation_engine.engine.definition_files import locate, shipped, shown
from accreditation_engine.engine.role_words import TITLES


class Command(HouseCommand):
    help = "Draws a workflow as a picture (SVG)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workflow", metavar="WORKFLOW", help="the id of a workflow, or a path to a file")
        parser.add_argument(
            "--output", metavar="FILE", help="where to write it; standard output when left out"
        )
        parser.add_argument("--language", choices=("ar", "en"), default="ar", help="ar (default) or en")

    def handle(self, *args: Any, **options: Any) -> None:
        workflow = self._workflow(options["workflow"])
        language = options["language"]
        with translation.override(language):
            roles = {name: str(title) for name, title in TITLES.items()}
            picture = draw(workflow, language=language, roles=roles)
        if options["output"]:
            self._write(Path(options["output"]), picture)
        else:
            self.stdout.write(picture)

    def _workflow(self, wanted: str) -> Workflow:
        path = locate("workflow", wanted)
        if path is None:
            known = ", ".join(each.stem for each in shipped("workflow"))
            self.refuse(f"no workflow and no file is called {wanted}; workflows here: {known}")
        try:
            definition = read_file(path, file=shown(path)).definition
        except DefinitionError as error:
            more = len(error.problems) - 1
            rest = f" (and {more} more; run check_definitions {shown(path)})" if more else ""
            self.refuse(f"{error.problems[0]}{rest}")
        if not isinstance(definition, Workflow):
            self.refuse(f"{shown(path)} holds a rubric; only workflows can be drawn")
        return definition

    def _write(self, path: Path, picture: str) -> None:
        try:
            path.write_text(picture + "\n", encoding="utf-8")
        except OSError as error:
            self.refuse(f"cannot write {shown(path)}: {error.strerror}")
