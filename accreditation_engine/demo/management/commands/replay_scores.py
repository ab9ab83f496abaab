"""manage.py replay_scores: take a table of real scores through a whole workflow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import CommandParser

from accreditation_engine.definitions.checking import Checked, read_files
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.demo.cast import seed_cast
from accreditation_engine.demo.replay import BadTable, Replayed, Row, read_table, replay
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.engine.definition_files import locate, shipped
from accreditation_engine.engine.editions import load_schemes
from accreditation_engine.engine.registry import vocabulary
from accreditation_engine.engine.shipped import read_shipped
from accreditation_engine.engine.verification import verify_all


class Command(BaseCommand):
    help = (
        "Open a file for each row of a CSV of scores, rate it as given, and take it through the whole workflow"
        " with the roles played by seeded people; print what was decided. The scheme is opened in this database."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("table", metavar="FILE", type=Path, help="organisation, and a column a criterion")
        parser.add_argument("--workflow", required=True, help="an id or a path")
        parser.add_argument("--rubric", required=True, help="the rubric of the scores: an id or a path")
        self.add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        checked, workflow, rubric = self._scheme(options["workflow"], options["rubric"])
        try:
            rows = read_table(options["table"], rubric)
        except BadTable as bad:
            self.refuse(str(bad))
        self._open(checked)
        results = self._replay(rows, workflow, rubric, tell=options["format"] == "text")
        wrong = [str(each) for result in results for each in verify_all(stream=UUID(result.stream))]
        if options["format"] == "json":
            self.print_json({"files": [asdict(each) for each in results], "problems": wrong})
        else:
            self._sum_up(results, wrong)
        if wrong:
            self.fail()

    def _replay(self, rows: list[Row], workflow: Workflow, rubric: Rubric, *, tell: bool) -> list[Replayed]:
        results = []
        for result in replay(rows, workflow, rubric, seed_cast()):
            results.append(result)
            if tell:
                percent = f"{result.percent} %" if result.percent else "-"
                line = f"{result.number:<16} {percent:>9}  {result.state:<12} {result.organisation}"
                self.stdout.write(line)
        return results

    def _sum_up(self, results: Iterable[Replayed], wrong: list[str]) -> None:
        counted = Counter(each.state for each in results)
        self.stdout.write("\n" + ", ".join(f"{count} {state}" for state, count in sorted(counted.items())))
        for problem in wrong:
            self.stdout.write(problem)
        if not wrong:
            self.stdout.write(f"{counted.total()} trails verify")

    def _scheme(self, workflow: str, rubric: str) -> tuple[Checked, Workflow, Rubric]:
        """Both definitions, read and checked."""
        named = [self._path("workflow", workflow), self._path("rubric", rubric)]
        checked = read_files(named, vocabulary(), beside=shipped("rubric"))
        if checked.problems:
            self.refuse(str(checked.problems[0]))
        if len(checked.workflows) != 1 or len(checked.rubrics) != 1:
            self.refuse(f"{workflow} and {rubric} are not one workflow and one rubric")
        found, scores = next(iter(checked.workflows.values())), next(iter(checked.rubrics.values()))
        if found.rubrics != (scores.id,):
            self.refuse(
                f"the workflow {found.id} is judged by {', '.join(found.rubrics)}, not by {scores.id} alone"
            )
        return checked, found, scores

    def _open(self, checked: Checked) -> None:
        """Keep and open what was checked, and with it the shipped workflows of certificates and findings."""
        own = read_shipped()
        others = [each for each in own.workflows.values() if each.subject != "dossier"]
        load_schemes([*others, *checked.workflows.values()], {**own.rubrics, **checked.rubrics}, SYSTEM)

    def _path(self, kind: str, name: str) -> Path:
        missing = f"there is no {kind} '{name}'; give the path of a definition, or the id of a shipped one"
        return locate(kind, name) or self.refuse(missing)
