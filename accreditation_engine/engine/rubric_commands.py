"""What commands share that are given a rubric."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from accreditation_engine.definitions.problems import DefinitionError
from accreditation_engine.definitions.reading import Document, read_file
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.definitions.rubric_checks import check_rubric

from .commands import Command
from .definition_files import in_words, locate, shipped, shown
from .isolates import isolate
from .stored_definitions import NoSuchEdition, stored_definition
from .suggesting import instead

RUBRIC_HELP = (
    "the path of a file, the id of a rubric that is shipped, or a stored edition: id@label or the beginning of"
    " its hash"
)


class RubricCommand(Command):
    """A command that is given a rubric: by a path, by its id, or by a stored edition where no file says it. One
    that has errors is refused."""

    def rubric(self, name: str) -> Rubric:
        path = self.path(name)
        if path is None:
            return self.stored(name)
        try:
            document = read_file(path, file=shown(path))
        except DefinitionError as error:
            return self.refuse(first_of([in_words(each) for each in error.problems]))
        return self.sound(document)

    def sound(self, document: Document) -> Rubric:
        """The rubric of a file, when nothing is wrong with it."""
        if not isinstance(document.definition, Rubric):
            return self.refuse(_("%(file)s is a workflow; give a rubric") % {"file": isolate(document.file)})
        flaws = [in_words(document.problem(flaw)) for flaw in check_rubric(document.definition)]
        return self.refuse(first_of(flaws)) if flaws else document.definition

    def path(self, name: str) -> Path | None:
        """The file that says `name`; None where only the database can."""
        found = locate("rubric", name)
        if found is not None:
            return found
        path = Path(name)
        if path.is_dir():
            return self.refuse(
                _("%(file)s is a folder; give one file of it") % {"file": isolate(shown(path))}
            )
        return path if is_path(name) else None

    def stored(self, name: str) -> Rubric:
        try:
            definition = stored_definition("rubric", name)
        except NoSuchEdition as error:
            return self.refuse(str(error))
        if isinstance(definition, Rubric):
            return definition
        words = _("there is no rubric '%(name)s', no such file and no such stored edition; %(instead)s")
        known = [each.stem for each in shipped("rubric")]
        return self.refuse(words % {"name": isolate(name), "instead": instead(name, known)})


def is_path(name: str) -> bool:
    """Whether `name` is meant for a file, there or not; ids and hashes are not."""
    return "/" in name or Path(name).suffix in (".yaml", ".yml") or Path(name).exists()


def first_of(problems: list[str]) -> str:
    """A definition's errors have a command of their own; here the first is enough."""
    if len(problems) == 1:
        return problems[0]
    words = _("%(problem)s (and %(count)d more; check_definitions lists them)")
    return words % {"problem": problems[0], "count": len(problems) - 1}
