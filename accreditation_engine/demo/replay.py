"""Taking a table of scores that were given in life through a scheme: what would it have decided?"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.dossiers.domain import open_dossiers
from accreditation_engine.engine.acting import SYSTEM, SYSTEM_ROLE
from accreditation_engine.organisations.domain import join
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.organisations.registering import register_organisation
from accreditation_engine.reviews.judged import sheets_of
from accreditation_engine.scoring import RatingProblems, parse_ratings

from .autopilot import Play, play
from .cast import Cast, seed_person

LONGEST_NAME = 200


class BadTable(ValueError):  # noqa: N818 - said of the table
    """The table cannot be replayed. The message names the place and the remedy."""


@dataclass(frozen=True)
class Row:
    """One organisation and the ratings it was given, as text by criterion."""

    line: int
    organisation: str
    ratings: Mapping[str, str]


@dataclass(frozen=True)
class Replayed:
    """What became of a row; `percent` and `outcome` are those of the sheet, `state` where the file ended."""

    organisation: str
    number: str
    stream: str
    percent: str | None
    outcome: str | None
    state: str


def read_table(path: Path, rubric: Rubric) -> list[Row]:
    """The rows of a CSV file: the organisation in the first column, a column for each criterion of `rubric`,
    headed by its id in any case. Other columns and blank lines are passed over. Raises BadTable."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            lines = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadTable(f"{path}: cannot be read as a CSV file in UTF-8: {error}") from error
    filled = [(number, cells) for number, cells in enumerate(lines, 1) if any(map(str.strip, cells))]
    if len(filled) < 2:
        raise BadTable(
            f"{path}: there are no rows; write a line of headings and a line for each organisation"
        )
    columns = _columns(path, *filled[0], rubric)
    rows = [_row(path, number, cells, columns) for number, cells in filled[1:]]
    _check(path, rows, rubric)
    return rows


def _columns(path: Path, line: int, heading: Sequence[str], rubric: Rubric) -> dict[str, int]:
    places = {name.strip().lower(): index for index, name in enumerate(heading)}
    wanted = [criterion.id for criterion in rubric.every_criterion()]
    missing = [name for name in wanted if name not in places]
    if missing:
        raise BadTable(
            f"{path}:{line}: no column for {', '.join(missing)}; head one with each criterion of {rubric.id}"
        )
    return {name: places[name] for name in wanted}


def _row(path: Path, number: int, cells: Sequence[str], columns: Mapping[str, int]) -> Row:
    if len(cells) <= max(columns.values()):
        raise BadTable(f"{path}:{number}: {len(cells)} cells; give as many as there are headings")
    return Row(number, cells[0].strip(), {name: cells[index].strip() for name, index in columns.items()})


def _check(path: Path, rows: Sequence[Row], rubric: Rubric) -> None:
    for row in rows:
        if not 0 < len(row.organisation) <= LONGEST_NAME:
            raise BadTable(f"{path}:{row.line}: name an organisation in the first cell, in up to 200 letters")
        unrated = [name for name, value in row.ratings.items() if not value]
        if unrated:
            raise BadTable(f"{path}:{row.line}: no rating for {', '.join(unrated)}; give a number or a word")
        try:
            parse_ratings(rubric, row.ratings)
        except RatingProblems as found:
            raise BadTable(f"{path}:{row.line}: {found.problems[0]}") from found


def replay(rows: Sequence[Row], workflow: Workflow, rubric: Rubric, cast: Cast) -> Iterator[Replayed]:
    """Open a file for each row under the workflow's open edition, rate it as given, and let the cast take it
    as far as it goes. Reviewers agree with one another; the organisation rates itself alike."""
    applicant = seed_person("replay", "ممثل المنظمات المعاد تقييمها", None)
    organisations = [_organisation(row.organisation) for row in rows]
    for organisation in organisations:
        join(organisation=organisation, user=applicant, by=SYSTEM)
    dossiers = open_dossiers(organisations=organisations, scheme=workflow.id, by=SYSTEM, role=SYSTEM_ROLE)
    for row, dossier in zip(rows, dossiers, strict=True):
        ratings = {(rubric.id, name): value for name, value in row.ratings.items()}
        for _ in play(Play(dossier, cast, applicant, ratings, {}, comment=f"Replayed from line {row.line}")):
            pass
        yield _replayed(row, dossier, rubric)


def _organisation(name: str) -> Organisation:
    number = f"REPLAY-{hashlib.sha256(name.encode()).hexdigest()[:12]}"
    known = Organisation.objects.filter(registration_number=number).first()
    return known or register_organisation(
        name_ar=name, name_en=name, registration_number=number, country="XX", by=SYSTEM
    )


def _replayed(row: Row, dossier: Any, rubric: Rubric) -> Replayed:
    sheet = sheets_of(dossier)[rubric.id]
    percent = None if sheet.percent is None else str(sheet.percent)
    return Replayed(row.organisation, dossier.number, str(dossier.pk), percent, sheet.outcome, dossier.state)
