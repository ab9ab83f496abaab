"""Ratings in a file: a JSON object {criterion: number or word}, or a CSV with columns criterion,rating."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from .ratings import shown

LARGEST_FILE = 10_000_000
"""Bytes. Ratings for 5,000 criteria have about a hundredth of this."""


class RatingsFileError(ValueError):
    """A file that holds no ratings; the message is one line that names the remedy."""


def raw_ratings(content: bytes) -> dict[str, Any]:
    """What a file gives for each criterion, not yet checked against any rubric. Which of the two forms it has
    is seen from the content. Raises RatingsFileError."""
    text = _decoded(content)
    start = text.lstrip()[:1]
    if not start:
        raise RatingsFileError("the file is empty; give a JSON object or a CSV with columns criterion,rating")
    return _from_json(text) if start in "{[" else dict(_from_csv(text))


def rating_lines(content: bytes) -> dict[str, int]:
    """The line on which each criterion is rated in a file that `raw_ratings` can read, counted from 1."""
    text = _decoded(content)
    if text.lstrip()[:1] == "{":
        keys = _JSON_KEY.finditer(text)
        return {json.loads(key[1]): text.count("\n", 0, key.start()) + 1 for key in keys}
    return {name: line for line, (name, _) in _numbered(text)}


_JSON_KEY = re.compile(r'("(?:[^"\\]|\\.)*")\s*:')


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise RatingsFileError(f"the file has more than {LARGEST_FILE} bytes, which no set of ratings has")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RatingsFileError("the file is not UTF-8 text; save it as UTF-8") from None


def _from_json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text, parse_int=Decimal, parse_float=Decimal, object_pairs_hook=_once_each)
    except json.JSONDecodeError as error:
        raise RatingsFileError(f"line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        found = None
    if not isinstance(found, dict):
        raise RatingsFileError("give one JSON object, {criterion: rating}")
    return found


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    ratings: dict[str, Any] = {}
    for name, rating in pairs:
        if name in ratings:
            raise RatingsFileError(f"{shown(name)} is rated twice; keep one of the ratings")
        ratings[name] = rating
    return ratings


def _from_csv(text: str) -> Iterator[tuple[str, str]]:
    yield from (rating for _, rating in _numbered(text))


def _numbered(text: str) -> Iterator[tuple[int, tuple[str, str]]]:
    """The ratings of a CSV, each with its line."""
    first = text.strip().partition("\n")[0]
    delimiter = next((each for each in ",;\t" if each in first), ",")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    seen: set[str] = set()
    try:
        columns = _columns(next((row for row in rows if any(row)), []))
        for row in rows:
            if any(cell.strip() for cell in row):
                yield rows.line_num, _rating(row, columns, rows.line_num, seen)
    except csv.Error as error:
        raise RatingsFileError(f"line {rows.line_num}: {error}") from None


def _columns(header: list[str]) -> tuple[int, int, int]:
    """Where criterion and rating stand, and how many columns there are."""
    names = [name.strip().lower() for name in header]
    for wanted in ("criterion", "rating"):
        if names.count(wanted) != 1:
            raise RatingsFileError(
                "start with { for a JSON object, or with the line 'criterion,rating' for a CSV"
            )
    return names.index("criterion"), names.index("rating"), len(names)


def _rating(row: list[str], columns: tuple[int, int, int], line: int, seen: set[str]) -> tuple[str, str]:
    criterion, rating, width = columns
    if len(row) != width:
        raise RatingsFileError(f"line {line}: {len(row)} values where the header has {width}")
    name = row[criterion].strip()
    if not name:
        raise RatingsFileError(f"line {line}: a rating without a criterion")
    if name in seen:
        raise RatingsFileError(f"line {line}: {shown(name)} is rated twice; keep one of the ratings")
    seen.add(name)
    return name, row[rating]
