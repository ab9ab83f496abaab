"""manage.py score: the score sheet of ratings in a file, under a rubric in a file or a stored edition of one."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from accreditation_engine.definitions.rubric import Rubric, Severity
from accreditation_engine.engine.isolates import isolate
from accreditation_engine.engine.rubric_commands import RUBRIC_HELP, RubricCommand
from accreditation_engine.scoring import RatingProblems, Ratings, ScoreSheet, parse_ratings, score_sheet
from accreditation_engine.scoring.file_problems import PLACES, RatingsFileError
from accreditation_engine.scoring.files import LARGEST_FILE, RatingsInFile, ratings_in
from accreditation_engine.scoring.next_steps import NextSteps, steps_from
from accreditation_engine.scoring.next_steps.words import LABELS, steps_in_words
from accreditation_engine.scoring.problems import RatingProblem
from accreditation_engine.scoring.table import sheet_lines

BARS: Severity = "major"


class Command(RubricCommand):
    help = "Score ratings under a rubric and print the score sheet."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rubric", help=RUBRIC_HELP)
        parser.add_argument(
            "ratings",
            help="JSON {criterion: rating}, or a CSV with columns criterion,rating; - reads from stdin",
        )
        parser.add_argument(
            "--first", metavar="RATINGS", help="the first assessment, from which growth is counted"
        )
        parser.add_argument(
            "--next",
            action="store_true",
            help="add to the JSON what leads to the next better outcome and leaves no major nonconformity",
        )
        self.add_format(parser)
        self.add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        self.language = options["language"] or "en"
        rubric = self.rubric(options["rubric"])
        first = self.sheet(rubric, options["first"]) if options["first"] else None
        sheet = self.sheet(rubric, options["ratings"], first)
        if options["format"] == "json":
            steps = {"next": _steps(sheet, first).as_json()} if options["next"] else {}
            self.print_json({**sheet.as_json(), **steps})
        else:
            self.stdout.write("\n".join(_lines(sheet, first, self.language)))

    def sheet(self, rubric: Rubric, source: str, first: ScoreSheet | None = None) -> ScoreSheet:
        return score_sheet(rubric, self.ratings(rubric, source), first_assessment=first)

    def ratings(self, rubric: Rubric, source: str) -> Ratings:
        """The ratings of a file with which nothing is wrong: everything that is, is named at once."""
        name = isolate(source)
        try:
            found = ratings_in(_content(source))
        except OSError as error:
            words = _("%(file)s: cannot be read: %(why)s")
            return self.refuse(words % {"file": name, "why": isolate(error.strerror or str(error))})
        except RatingsFileError as error:
            return self.refuse_all(
                (each.in_words(self.language) for each in error.problems), before=f"{name}: "
            )
        ratings, wrong = _parsed(rubric, found)
        placed = sorted(
            [
                *((each.line or 0, each.in_words(self.language)) for each in found.problems),
                *((found.lines.get(each.criterion, 0), self.in_words(each, found)) for each in wrong),
            ],
            key=lambda each: each[0],
        )
        return self.refuse_all((each for _line, each in placed), before=f"{name}: ") if placed else ratings

    def in_words(self, problem: RatingProblem, found: RatingsInFile) -> str:
        """With the line it stands on. A name that is cut in its message has none."""
        line = found.lines.get(problem.criterion)
        place = PLACES[self.language]["line"].format(line=isolate(str(line))) if line else ""
        return place + problem.in_words(self.language)


def _parsed(rubric: Rubric, found: RatingsInFile) -> tuple[Ratings, Iterable[RatingProblem]]:
    try:
        return parse_ratings(rubric, found.ratings), ()
    except RatingProblems as error:
        return {}, error.problems


def _lines(sheet: ScoreSheet, first: ScoreSheet | None, language: str) -> Iterator[str]:
    yield from sheet_lines(sheet, language)
    yield from ("", f"{LABELS[language]['title']}:")
    yield from (f"  {line}" for line in steps_in_words(_steps(sheet, first), language))


def _steps(sheet: ScoreSheet, first: ScoreSheet | None) -> NextSteps:
    """No workflow is at hand that would say which findings bar a decision: a major one does, as a rule."""
    return steps_from(sheet, first_assessment=first, clear_of=(BARS,))


def _content(source: str) -> bytes:
    """A little more than a file may have is enough to know that it has too much."""
    if source == "-":
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    with Path(source).open("rb") as file:
        return file.read(LARGEST_FILE + 1)
