"""Ratings in a CSV: a row a unit, a column a rater, empty where missing."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from accreditation_engine.scoring.file_problems import FileProblem, RatingsFileError, refused
from accreditation_engine.scoring.files import LARGEST_FILE
from accreditation_engine.scoring.ratings import as_number, shown

from .table import Level, RatingTable, Value
from .unit_columns import Columns, UnitColumn, is_called_after_units, unit_columns

MOST_RATERS = 1_000
MOST_RATIO_VALUES = 5_000
"""The ratio level compares all values with all: 5,000 take 200 MB."""

Line = tuple[int, list[str]]


@dataclass(frozen=True)
class RatingsFile:
    """`raters` are the names in the first line, or None where it has none; `unit_columns` are those that name the
    units, and are not in the table."""

    raters: tuple[str, ...] | None
    unit_columns: tuple[UnitColumn, ...]
    table: RatingTable

    def as_json(self) -> dict[str, Any]:
        """`rater_names`, null where the file names none; `unit_columns`, each with `column` (from 1), `name` (null
        where the file names none) and `why` it was taken for one (said, called, numbered or words); `scale`, least
        and greatest, null where it is not known."""
        return {
            "rater_names": self.raters and list(self.raters),
            "unit_columns": [each.as_json() for each in self.unit_columns],
            "scale": self.table.scale and list(self.table.scale),
        }


def rating_table(
    content: bytes,
    level: Level,
    *,
    header: bool | None = None,
    scale: tuple[float, float] | None = None,
    units: Sequence[str] = (),
    look_for_units: bool = True,
) -> RatingsFile:
    """The ratings in `content`: UTF-8, separated by comma, semicolon or tab.

    Whether the first line names the raters is said by `header`; None looks for it: the line has names unless all
    that stands in it are numbers. Numbers stand with a point, in Western or Arabic-Indic digits. At the nominal
    level values may be words, and 1 and 1.0 are alike when all values are numbers. The columns named or numbered
    in `units` name the units; others that look like it are taken for such unless one should not `look_for_units`.

    Raises RatingsFileError, whose problems name line and column, for what is no such table: an empty file, a
    single column, ragged rows, names that look like ratings, a first column that may be ratings or numbers of
    units, values that are no numbers at another level than nominal, negative ones at the ratio level, and those
    off the `scale`.
    """
    lines = list(_lines(content))
    if not lines:
        raise refused("empty_table")
    _check_width(lines)
    names = lines.pop(0) if _has_names(lines, header) else None
    if not lines:
        raise refused("no_ratings")
    columns = Columns(names and names[1], [cells for _, cells in lines], level, scale)
    named = unit_columns(columns, units, look=look_for_units)
    places = sorted(set(range(columns.width)) - {each.place - 1 for each in named})
    if len(places) < 2:
        raise refused("units_only", columns=", ".join(str(each.place) for each in named))
    if names:
        _check_names(names, lines, places, header)
    raters = tuple(names[1][place] for place in places) if names else None
    values = _values(lines, places, columns)
    return RatingsFile(raters, named, RatingTable.of(values, scale))


def _lines(content: bytes) -> Iterator[Line]:
    """Lines with their numbers and their cells; empty lines are none."""
    text = _decoded(content)
    first = text.strip("\r\n").partition("\n")[0]
    delimiter = next((each for each in ",;\t" if each in first), ",")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in rows:
            if row and (len(row) > 1 or row[0].strip()):
                yield rows.line_num, [unicodedata.normalize("NFC", cell.strip()) for cell in row]
    except csv.Error as error:
        raise refused("not_csv", line=rows.line_num, said=error) from None


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise refused("large_table", bytes=LARGEST_FILE)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refused("not_utf8") from None


def _check_width(lines: Sequence[Line]) -> None:
    width = len(lines[0][1])
    if width == 1:
        raise refused("one_column")
    if width > MOST_RATERS:
        raise refused("many_columns", count=width)
    ragged = [
        FileProblem("ragged", {"given": str(len(cells)), "width": str(width)}, number)
        for number, cells in lines
        if len(cells) != width
    ]
    if ragged:
        raise RatingsFileError(ragged)


def _has_names(lines: Sequence[Line], header: bool | None) -> bool:
    if header is not None:
        return header
    (_, first), *rest = lines
    if any(_is_word(cell) for cell in first[1:]):
        return True
    unit_below = any(_is_word(cells[0]) for _, cells in rest)
    return _is_word(first[0]) and (is_called_after_units(first[0], first=True) or not unit_below)


def _is_word(cell: str) -> bool:
    return bool(cell) and as_number(cell) is None


def _check_names(names: Line, lines: Sequence[Line], places: Sequence[int], header: bool | None) -> None:
    """Raters' names are all there and all different. Unless they were said to be names, they are no value that
    occurs below: at the nominal level a file without names would else lose its first unit."""
    number, cells = names[0], [names[1][place] for place in places]
    wrong = [
        FileProblem("same_name" if name else "nameless", {"name": shown(name)}, number, place + 1)
        for before, (place, name) in enumerate(zip(places, cells, strict=True))
        if not name or name in cells[:before]
    ]
    if wrong:
        raise RatingsFileError(wrong)
    values = {row[place] for _, row in lines for place in places} if header is None else set()
    also = next((name for name in cells if name in values), None)
    if also is not None:
        raise refused("name_or_rating", line=number, name=shown(also))


def _values(lines: Sequence[Line], places: Sequence[int], columns: Columns) -> list[list[Value | None]]:
    given = [(line, place, row[place]) for line, row in lines for place in places]
    if columns.level == "nominal" and any(_is_word(cell) for _, _, cell in given):
        return [[row[place] or None for place in places] for _, row in lines]
    _check_columns(places, columns)
    reader = _Numbers(columns)
    rows = [[reader.read(row[place], line, place) for place in places] for line, row in lines]
    if reader.problems:
        raise RatingsFileError(reader.problems)
    if columns.level == "ratio" and len({value for row in rows for value in row}) > MOST_RATIO_VALUES:
        raise refused("many_values", count=MOST_RATIO_VALUES)
    return rows  # type: ignore[return-value] # a list of floats is a list of values that are floats


def _check_columns(places: Sequence[int], columns: Columns) -> None:
    """A column without any number is named once, and not with each of its cells."""
    problems = []
    for place in places:
        cells = [cell for cell in columns.cells(place) if cell]
        words = list(dict.fromkeys(cells))
        if len(cells) > 1 and all(map(_is_no_number, cells)):
            given = ", ".join(shown(each) for each in words[:3]) + (" ..." if words[3:] else "")
            values = {"given": given, "units": f"--units {shown(columns.said(place))}"}
            problems.append(FileProblem("words", values, None, place + 1, shown(columns.name(place))))
    if problems:
        raise RatingsFileError(problems)


def _is_no_number(cell: str) -> bool:
    return as_number(cell) is None and not _has_comma(cell)


def _has_comma(cell: str) -> bool:
    return as_number(cell.replace(",", ".").replace("،", ".")) is not None


@dataclass
class _Numbers:
    """Reads the cells of a table, and keeps what is wrong with any of them."""

    columns: Columns
    problems: list[FileProblem] = field(default_factory=list)

    def read(self, cell: str, line: int, place: int) -> float | None:
        if not cell:
            return None
        number = as_number(cell)
        if (wrong := self.wrong(cell, number)) is None:
            return float(number)  # type: ignore[arg-type] # None is wrong
        code, values = wrong
        rater = shown(self.columns.name(place))
        self.problems.append(FileProblem(code, {"given": shown(cell), **values}, line, place + 1, rater))
        return None

    def wrong(self, cell: str, number: Decimal | None) -> tuple[str, dict[str, str]] | None:
        scale = self.columns.scale
        if number is None:
            return ("comma", {}) if _has_comma(cell) else ("no_number", {})
        if self.columns.level == "ratio" and number < 0:
            return "below_zero", {}
        if scale and not scale[0] <= number <= scale[1]:
            return "off_scale", {"minimum": f"{scale[0]:g}", "maximum": f"{scale[1]:g}"}
        return None
