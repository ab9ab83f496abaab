"""Ratings in a file: a JSON object {criterion: number or word}, or a CSV with columns criterion,rating."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from .file_problems import FileProblem, RatingsFileError, refused
from .ratings import shown

LARGEST_FILE = 10_000_000
"""Bytes. Ratings for 5,000 criteria have about a hundredth of this."""


@dataclass
class RatingsInFile:
    """What a file gives for each criterion, not yet checked against any rubric, the line that each stands on
    (counted from 1), and what of the file could not be taken in."""

    ratings: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[FileProblem] = field(default_factory=list)

    def wrong(self, code: str, line: int | None, **parameters: object) -> None:
        values = {name: str(each) for name, each in parameters.items()}
        self.problems.append(FileProblem(code, values, line))

    def take(self, name: str, rating: Any, line: int | None) -> None:
        if name in self.ratings:
            self.wrong("twice", line, name=shown(name))
            return
        self.ratings[name] = rating
        if line is not None:
            self.lines[name] = line


def ratings_in(content: bytes) -> RatingsInFile:
    """All that `content` gives. Which of the two forms it has is seen from it. Raises RatingsFileError only when
    it has neither."""
    text = _decoded(content)
    start = text.lstrip()[:1]
    if not start:
        raise refused("empty")
    return _from_json(text) if start in "{[" else _from_csv(text)


def raw_ratings(content: bytes) -> dict[str, Any]:
    """The ratings of a file with which nothing is wrong. Raises RatingsFileError with all that is."""
    found = ratings_in(content)
    if found.problems:
        raise RatingsFileError(found.problems)
    return found.ratings


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise refused("too_large", bytes=LARGEST_FILE)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refused("not_utf8") from None


def _from_json(text: str) -> RatingsInFile:
    """Pairs, not dicts: a dict would keep the last of two ratings and say nothing."""
    try:
        pairs = json.loads(text, parse_int=Decimal, parse_float=Decimal, object_pairs_hook=_Pairs)
    except json.JSONDecodeError as error:
        problem = FileProblem("not_json", {"said": error.msg}, error.lineno, error.colno)
        raise RatingsFileError([problem]) from None
    except RecursionError:
        pairs = None
    if not isinstance(pairs, _Pairs):
        raise refused("not_an_object")
    found, lines = RatingsInFile(), _lines_of_keys(text)
    for name, rating in pairs:
        here = lines.get(name)
        inner = dict(rating) if isinstance(rating, _Pairs) else rating
        found.take(name, inner, here.pop(0) if here else None)
    return found


class _Pairs(list[tuple[str, Any]]):
    """An object of JSON, with every key as often as it stands there."""


_JSON_KEY = re.compile(r'("(?:[^"\\]|\\.)*")\s*:')


def _lines_of_keys(text: str) -> dict[str, list[int]]:
    lines: dict[str, list[int]] = {}
    line = reached = 0
    for key in _JSON_KEY.finditer(text):
        line, reached = line + text.count("\n", reached, key.start()), key.start()
        lines.setdefault(json.loads(key[1], strict=False), []).append(line + 1)
    return lines


def _from_csv(text: str) -> RatingsInFile:
    first = text.strip().partition("\n")[0]
    delimiter = next((each for each in ",;\t" if each in first), ",")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found = RatingsInFile()
    try:
        columns = _columns(next((row for row in rows if any(row)), []))
        for line, row in _filled(rows):
            _take_row(found, row, columns, line)
    except csv.Error as error:
        found.wrong("not_csv", rows.line_num, said=error)
    return found


def _filled(rows: Any) -> Iterator[tuple[int, list[str]]]:
    return ((rows.line_num, row) for row in rows if any(cell.strip() for cell in row))


def _columns(header: list[str]) -> tuple[int, int, int]:
    """Where criterion and rating stand, and how many columns there are."""
    names = [name.strip().lower() for name in header]
    for wanted in ("criterion", "rating"):
        if names.count(wanted) != 1:
            raise refused("no_columns")
    return names.index("criterion"), names.index("rating"), len(names)


def _take_row(found: RatingsInFile, row: list[str], columns: tuple[int, int, int], line: int) -> None:
    criterion, rating, width = columns
    if len(row) != width:
        found.wrong("wrong_width", line, given=len(row), width=width)
    elif not row[criterion].strip():
        found.wrong("no_criterion", line)
    else:
        found.take(row[criterion].strip(), row[rating], line)
