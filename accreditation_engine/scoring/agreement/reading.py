"""Ratings in a CSV: a row a unit, a column a rater, empty where missing."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from accreditation_engine.scoring.file_problems import FileProblem, RatingsFileError, refused
from accreditation_engine.scoring.files import LARGEST_FILE
from accreditation_engine.scoring.ratings import as_number, shown

from .table import Level, RatingTable, Value

MOST_RATERS = 1_000
MOST_RATIO_VALUES = 5_000
"""The ratio level compares all values with all: 5,000 take 200 MB."""

Line = tuple[int, list[str]]


@dataclass(frozen=True)
class RatingsFile:
    """`raters` are the names in the first line, or None where it has none."""

    raters: tuple[str, ...] | None
    table: RatingTable


def rating_table(
    content: bytes,
    level: Level,
    *,
    header: bool | None = None,
    scale: tuple[float, float] | None = None,
) -> RatingsFile:
    """The ratings in `content`: UTF-8, separated by comma, semicolon or tab.

    Whether the first line names the raters is said by `header`; None looks for it: the line has names unless all
    that stands in it are numbers. Numbers stand with a point, in Western or Arabic-Indic digits. At the nominal
    level values may be words, and 1 and 1.0 are alike when all values are numbers.

    Raises RatingsFileError, whose problems name line and column, for what is no such table: an empty file, a
    single column, ragged rows, names that look like ratings, values that are no numbers at another level than
    nominal, negative ones at the ratio level, and those off the `scale`.
    """
    lines = list(_lines(content))
    if not lines:
        raise refused("empty_table")
    _check_width(lines)
    names = lines.pop(0) if _has_names(lines[0], header) else None
    if names:
        _check_names(names, lines, header)
    if not lines:
        raise refused("no_ratings")
    raters = tuple(names[1]) if names else None
    return RatingsFile(raters, RatingTable.of(_values(lines, raters, level, scale), scale))


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


def _has_names(line: Line, header: bool | None) -> bool:
    if header is not None:
        return header
    return any(cell and as_number(cell) is None for cell in line[1])


def _check_names(names: Line, lines: Sequence[Line], header: bool | None) -> None:
    """Names are all there and all different. Unless they were said to be names, they are no value that occurs
    below: at the nominal level a file without names would else lose its first unit."""
    number, cells = names
    wrong = [
        FileProblem("same_name" if name else "nameless", {"name": shown(name)}, number, column)
        for column, name in enumerate(cells, start=1)
        if not name or name in cells[: column - 1]
    ]
    if wrong:
        raise RatingsFileError(wrong)
    values = {cell for _, row in lines for cell in row} if header is None else set()
    also = next((name for name in cells if name in values), None)
    if also is not None:
        raise refused("name_or_rating", line=number, name=shown(also))


def _values(
    lines: Sequence[Line],
    raters: tuple[str, ...] | None,
    level: Level,
    scale: tuple[float, float] | None,
) -> list[list[Value | None]]:
    if level == "nominal" and not all(
        as_number(cell) is not None for _, row in lines for cell in row if cell
    ):
        return [[cell or None for cell in row] for _, row in lines]
    reader = _Numbers(level, scale, raters or ())
    rows = [[reader.read(cell, line, column) for column, cell in enumerate(row)] for line, row in lines]
    if reader.problems:
        raise RatingsFileError(reader.problems)
    if level == "ratio" and len({value for row in rows for value in row}) > MOST_RATIO_VALUES:
        raise refused("many_values", count=MOST_RATIO_VALUES)
    return rows  # type: ignore[return-value] # a list of floats is a list of values that are floats


@dataclass
class _Numbers:
    """Reads the cells of a table, and keeps what is wrong with any of them."""

    level: Level
    scale: tuple[float, float] | None
    raters: tuple[str, ...]
    problems: list[FileProblem] = field(default_factory=list)

    def read(self, cell: str, line: int, column: int) -> float | None:
        if not cell:
            return None
        number = as_number(cell)
        if (wrong := self.wrong(cell, number)) is None:
            return float(number)  # type: ignore[arg-type] # None is wrong
        code, values = wrong
        rater = shown(self.raters[column]) if self.raters else ""
        self.problems.append(FileProblem(code, {"given": shown(cell), **values}, line, column + 1, rater))
        return None

    def wrong(self, cell: str, number: Decimal | None) -> tuple[str, dict[str, str]] | None:
        if number is None:
            comma = as_number(cell.replace(",", ".").replace("،", ".")) is not None
            return ("comma", {}) if comma else ("no_number", {"level": self.level})
        if self.level == "ratio" and number < 0:
            return "below_zero", {}
        if self.scale and not self.scale[0] <= number <= self.scale[1]:
            return "off_scale", {"minimum": f"{self.scale[0]:g}", "maximum": f"{self.scale[1]:g}"}
        return None
