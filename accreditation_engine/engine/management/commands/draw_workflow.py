"""Draw a workflow as SVG."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from accreditation_engine.definitions.checking import files_in
from accreditation_engine.definitions.drawing import draw
from accreditation_engine.definitions.problems import DefinitionError
from accreditation_engine.definitions.reading import attempt_file, read_file
from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.engine.commands import Command as HouseCommand
from accreditation_engine.engine.definition_files import in_words, locate, shipped, shown
from accreditation_engine.engine.isolates import isolate
from accreditation_engine.engine.role_words import TITLES
from accreditation_engine.engine.rubric_commands import first_of, is_path
from accreditation_engine.engine.stored_definitions import NoSuchEdition, stored_definition
from accreditation_engine.engine.suggesting import all_of


class Command(HouseCommand):
    help = "Draws a workflow as a picture (SVG)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "workflow",
            metavar="WORKFLOW",
            help="the path of a file, the id of a workflow that is shipped, or a stored edition: id@label or the"
            " beginning of its hash",
        )
        parser.add_argument(
            "--output", metavar="FILE", help="where to write it; standard output when left out"
        )
        self.add_language(
            parser, "of the picture, ar when left out, and of all that is said, en when left out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        workflow = self._workflow(options["workflow"])
        language = options["language"] or "ar"
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
            return self._stored(wanted)
        try:
            definition = read_file(path, file=shown(path)).definition
        except DefinitionError as error:
            return self.refuse(first_of([in_words(each) for each in error.problems]))
        if not isinstance(definition, Workflow):
            words = _("%(file)s holds a rubric; only workflows can be drawn")
            return self.refuse(words % {"file": isolate(shown(path))})
        return definition

    def _stored(self, wanted: str) -> Workflow:
        """A workflow that no file says, from the database."""
        if Path(wanted).is_dir():
            return self._folder(Path(wanted))
        try:
            definition = None if is_path(wanted) else stored_definition("workflow", wanted)
        except NoSuchEdition as error:
            return self.refuse(str(error))
        if isinstance(definition, Workflow):
            return definition
        words = _("no workflow, no file and no stored edition is called %(name)s; workflows here: %(known)s")
        known = all_of(each.stem for each in shipped("workflow"))
        return self.refuse(words % {"name": isolate(wanted), "known": known})

    def _folder(self, folder: Path) -> Workflow:
        here = [each for each in files_in(folder) if attempt_file(each).kind == "workflow"]
        values = {"folder": isolate(shown(folder)), "files": all_of(shown(each) for each in here)}
        if not here:
            return self.refuse(_("%(folder)s is a folder without a workflow; give one file") % values)
        return self.refuse(_("%(folder)s is a folder; draw one of its workflows: %(files)s") % values)

    def _write(self, path: Path, picture: str) -> None:
        try:
            path.write_text(picture + "\n", encoding="utf-8")
        except OSError as error:
            words = _("cannot write %(file)s: %(why)s")
            values = {"file": isolate(shown(path)), "why": isolate(error.strerror or str(error))}
            self.refuse(words % values)
