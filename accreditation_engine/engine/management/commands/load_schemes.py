"""manage.py load_schemes: check the definitions, keep their editions, open the schemes under them."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.engine.editions import load_schemes, opened_under_the_same_name
from accreditation_engine.engine.shipped import read_shipped


class Command(BaseCommand):
    help = (
        "Check workflows/ and rubrics/, keep what changed as new editions, and open the schemes under them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--same-edition",
            action="store_true",
            help="open also what was changed and still calls itself by the edition that is open",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        checked = read_shipped()
        for problem in checked.problems:
            self.stderr.write(str(problem))
        alike = [] if options["same_edition"] else self._alike(checked.workflows, checked.rubrics)
        loaded = [each for name, each in checked.workflows.items() if name not in alike]
        changed = load_schemes(loaded, checked.rubrics, SYSTEM)
        for name in changed:
            self.stdout.write(f"{name}: open under edition {checked.workflows[name].edition}")
        if not changed:
            self.stdout.write("No scheme has changed.")
        if checked.problems or alike:
            self.fail()

    def _alike(self, workflows: dict[str, Workflow], rubrics: Any) -> list[str]:
        """Two editions of one name cannot be told apart by whoever reads of them."""
        found = [each for each in workflows.values() if opened_under_the_same_name(each, rubrics)]
        for each in found:
            self.stderr.write(
                f"{each.id}: it or one of its rubrics was changed, and it is still called edition {each.edition},"
                " which is open with other content. Give the file a new 'edition:', or open it all the same with"
                " --same-edition."
            )
        return [each.id for each in found]
