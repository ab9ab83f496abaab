"""Tables that spreadsheets open rightly, written piece by piece."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

BOM = "\ufeff"  # by which spreadsheets know that Arabic is UTF-8
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a cell begins with that a spreadsheet would work out instead of showing it."""
ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")


class _Line:
    """What csv writes to: each line is given back."""

    def write(self, line: str) -> str:
        return line


def csv_of(columns: Iterable[Any], batches: Iterable[Iterable[Iterable[Any]]]) -> Iterator[bytes]:
    """A line of `columns`, then each row of each batch; a piece for each batch."""
    writer = csv.writer(_Line())
    yield (BOM + writer.writerow(columns)).encode()
    for rows in batches:
        yield "".join(writer.writerow([cell(each) for each in row]) for row in rows).encode()


def cell(value: Any) -> str:
    text = str(value).translate(ISOLATES)
    return f"'{text}" if text.startswith(FORMULA) else text
