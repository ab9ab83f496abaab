"""What commands share that are given a rubric."""

from __future__ import annotations

from pathlib import Path

from accreditation_engine.definitions.problems import DefinitionError, instead
from accreditation_engine.definitions.reading import Document, read_file
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.definitions.rubric_checks import check_rubric

from .commands import Command
from .definition_files import locate, shipped


class RubricCommand(Command):
    """A command that reads a rubric, named by its id or by a path, and refuses one that has errors."""

    def rubric(self, name: str) -> Rubric:
        try:
            document = read_file(self.path(name))
        except DefinitionError as error:
            return self.refuse(_first([str(each) for each in error.problems]))
        return self.sound(document)

    def sound(self, document: Document) -> Rubric:
        """The rubric of a file, when nothing is wrong with it."""
        if not isinstance(document.definition, Rubric):
            return self.refuse(f"{document.file} is a workflow; give a rubric")
        flaws = [str(document.problem(flaw)) for flaw in check_rubric(document.definition)]
        return self.refuse(_first(flaws)) if flaws else document.definition

    def path(self, name: str) -> Path:
        found = locate("rubric", name)
        if found is not None:
            return found
        if Path(name).suffix or "/" in name or Path(name).exists():
            return Path(name)
        known = [each.stem for each in shipped("rubric")]
        return self.refuse(f"there is no rubric '{name}' and no such file; {instead(name, known)}")


def _first(problems: list[str]) -> str:
    """A rubric's errors have a command of their own; here the first is enough."""
    more = f" (and {len(problems) - 1} more; check_definitions lists them)" if len(problems) > 1 else ""
    return problems[0] + more
