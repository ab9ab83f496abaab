"""manage.py score: the score sheet of ratings in a file, under a rubric in a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.engine.rubric_commands import RubricCommand
from accreditation_engine.scoring import RatingProblems, Ratings, ScoreSheet, parse_ratings, score_sheet
from accreditation_engine.scoring.files import LARGEST_FILE, RatingsFileError, rating_lines, raw_ratings
from accreditation_engine.scoring.next_steps import steps_from
from accreditation_engine.scoring.next_steps.words import LABELS, steps_in_words
from accreditation_engine.scoring.table import sheet_lines

NAMED_AT_MOST = 10


class Command(RubricCommand):
    help = "Score ratings under a rubric and print the score sheet."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rubric", help="the id of a rubric that is shipped, or the path of a file")
        parser.add_argument(
            "ratings",
            help="JSON {criterion: rating}, or a CSV with columns criterion,rating; - reads from stdin",
        )
        parser.add_argument(
            "--first", metavar="RATINGS", help="the first assessment, from which growth is counted"
        )
        parser.add_argument(
            "--next", action="store_true", help="add to the JSON what leads to the next better outcome"
        )
        self.add_format(parser)
        parser.add_argument(
            "--language", choices=("ar", "en"), default="en", help="of the text; en when left out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        rubric = self.rubric(options["rubric"])
        first = self.sheet(rubric, options["first"]) if options["first"] else None
        sheet = self.sheet(rubric, options["ratings"], first)
        if options["format"] == "json":
            steps = {"next": steps_from(sheet, first_assessment=first).as_json()} if options["next"] else {}
            self.print_json({**sheet.as_json(), **steps})
        else:
            self.stdout.write("\n".join(_lines(sheet, first, options["language"])))

    def sheet(self, rubric: Rubric, source: str, first: ScoreSheet | None = None) -> ScoreSheet:
        return score_sheet(rubric, self.ratings(rubric, source), first_assessment=first)

    def ratings(self, rubric: Rubric, source: str) -> Ratings:
        content = b""
        try:
            content = _content(source)
            return parse_ratings(rubric, raw_ratings(content))
        except OSError as error:
            return self.refuse(f"{source}: cannot be read: {error.strerror or error}")
        except RatingsFileError as error:
            return self.refuse(f"{source}: {error}")
        except RatingProblems as error:
            return self.refuse(f"{source}: {_several(_placed(error, rating_lines(content)))}")


def _placed(error: RatingProblems, lines: Mapping[str, int]) -> list[str]:
    """The problems with the lines they stand on. A name that is cut in its message has none."""
    return [
        f"line {lines[each.criterion]}: {each}" if each.criterion in lines else str(each)
        for each in error.problems
    ]


def _lines(sheet: ScoreSheet, first: ScoreSheet | None, language: str) -> Iterator[str]:
    yield from sheet_lines(sheet, language)
    yield from ("", f"{LABELS[language]['title']}:")
    steps = steps_from(sheet, first_assessment=first)
    yield from (f"  {line}" for line in steps_in_words(steps, language))


def _content(source: str) -> bytes:
    """A little more than a file may have is enough to know that it has too much."""
    if source == "-":
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    with Path(source).open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def _several(problems: list[str]) -> str:
    more = len(problems) - NAMED_AT_MOST
    return "; ".join(problems[:NAMED_AT_MOST]) + (f"; and {more} more" if more > 0 else "")
