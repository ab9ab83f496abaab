"""manage.py load_schemes: check the definitions, keep their editions, open the schemes under them."""

from __future__ import annotations

from typing import Any

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.engine.editions import load_schemes
from accreditation_engine.engine.shipped import read_shipped


class Command(BaseCommand):
    help = (
        "Check workflows/ and rubrics/, keep what changed as new editions, and open the schemes under them."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        checked = read_shipped()
        for problem in checked.problems:
            self.stderr.write(str(problem))
        changed = load_schemes(checked.workflows.values(), checked.rubrics, SYSTEM)
        for name in changed:
            self.stdout.write(f"{name}: open under edition {checked.workflows[name].edition}")
        if not changed:
            self.stdout.write("No scheme has changed.")
        if checked.problems:
            self.fail()
