"""Ratings in a CSV: a row a unit, a column a rater, empty where missing."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accreditation_engine.scoring.files import LARGEST_FILE, RatingsFileError
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

    Raises RatingsFileError, one line that names line and column, for what is no such table: an empty file, a
    single column, ragged rows, names that look like ratings, a value that is no number at another level than
    nominal, a negative one at the ratio level, and one off the `scale`.
    """
    lines = list(_lines(content))
    if not lines:
        raise RatingsFileError("the file is empty; give a row a unit and a column a rater")
    _check_width(lines)
    names = lines.pop(0) if _has_names(lines[0], header) else None
    if names:
        _check_names(names, lines, header)
    if not lines:
        raise RatingsFileError("the file names raters and has no ratings; give a row for each unit")
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
        raise RatingsFileError(f"line {rows.line_num}: {error}") from None


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise RatingsFileError(f"the file has more than {LARGEST_FILE} bytes; compare fewer units at a time")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RatingsFileError("the file is not UTF-8 text; save it as UTF-8") from None


def _check_width(lines: Sequence[Line]) -> None:
    width = len(lines[0][1])
    if width == 1:
        raise RatingsFileError("there is one column, so one rater; agreement takes two columns or more")
    if width > MOST_RATERS:
        raise RatingsFileError(f"there are {width} columns; a column is a rater and a row a unit")
    for number, cells in lines:
        if len(cells) != width:
            raise RatingsFileError(f"line {number}: {len(cells)} values where the first line has {width}")


def _has_names(line: Line, header: bool | None) -> bool:
    if header is not None:
        return header
    return any(cell and as_number(cell) is None for cell in line[1])


def _check_names(names: Line, lines: Sequence[Line], header: bool | None) -> None:
    """Names are all there and all different. Unless they were said to be names, they are no value that occurs
    below: at the nominal level a file without names would else lose its first unit."""
    number, cells = names
    for column, name in enumerate(cells, start=1):
        if not name:
            raise RatingsFileError(f"line {number}, column {column}: a rater without a name")
        if name in cells[: column - 1]:
            raise RatingsFileError(
                f"line {number}, column {column}: {shown(name)} names two raters; "
                "name each, or say --no-header when this line holds ratings"
            )
    values = {cell for _, row in lines for cell in row} if header is None else set()
    also = next((name for name in cells if name in values), None)
    if also is not None:
        raise RatingsFileError(
            f"line {number}: {shown(also)} is also a rating below; say --no-header when this line holds ratings, "
            "--header when it names the raters"
        )


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
    rows = [
        [_number(cell, level, scale, _place(line, column, raters)) for column, cell in enumerate(row)]
        for line, row in lines
    ]
    if level == "ratio" and len({value for row in rows for value in row}) > MOST_RATIO_VALUES:
        raise RatingsFileError(
            f"the ratio level takes {MOST_RATIO_VALUES} different values at most; round them"
        )
    return rows  # type: ignore[return-value] # a list of floats is a list of values that are floats


def _place(line: int, column: int, raters: tuple[str, ...] | None) -> str:
    name = f" ({shown(raters[column])})" if raters else ""
    return f"line {line}, column {column + 1}{name}"


def _number(cell: str, level: Level, scale: tuple[float, float] | None, place: str) -> float | None:
    if not cell:
        return None
    number = as_number(cell)
    if number is None:
        raise RatingsFileError(f"{place}: {shown(cell)} is not a number{_remedy(cell, level)}")
    if level == "ratio" and number < 0:
        raise RatingsFileError(f"{place}: {shown(cell)} is below 0, which the ratio level does not have")
    if scale and not scale[0] <= number <= scale[1]:
        raise RatingsFileError(f"{place}: {shown(cell)} is off the scale from {scale[0]:g} to {scale[1]:g}")
    return float(number)


def _remedy(cell: str, level: Level) -> str:
    if as_number(cell.replace(",", ".").replace("،", ".")) is not None:
        return "; write it with a point, not a comma"
    return f"; leave it empty when missing, or use --level nominal when {level} is not meant"
