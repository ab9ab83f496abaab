"""The cells of an xlsx or csv file as text, from the row on that names the columns. Nothing is computed, and no
more is unpacked or read than a table of organisations may have."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from warnings import catch_warnings, simplefilter

from openpyxl import load_workbook

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.written import kept_line, kept_text

from .columns import columns_of, field_named

LARGEST = 10_000_000
"""Bytes of a file."""
LARGEST_UNPACKED = 100_000_000
"""Bytes of what is inside an xlsx file."""
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000
EMPTY_AT_THE_END = 10_000
"""So many empty rows of an xlsx file one after another are its end."""
LOOKED_AT = 20
"""Rows among which the names of the columns must be: titles and empty rows may stand above."""
FORMULA = "\0formula"
"""What stands for a formula: a cell cannot hold it otherwise."""
DAY = "\0day"
"""What stands for a cell that a spreadsheet made a date of: what was typed is not in the file any more."""
NOT_AS_TYPED = (FORMULA, DAY)
SURPLUS = ""
"""The field of cells that stand behind the last column that has a name."""
NO_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")
"""How papers and pictures begin, whatever their names say."""
WORKBOOKS = (".xlsx", ".xlsm", ".xls")
OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
"""How files of Excel begin that are no xlsx, whatever their names say: old ones, and those under a password."""
UTF8, UTF16, WINDOWS = "utf-8-sig", "utf-16", "cp1256"


@dataclass(frozen=True)
class Table:
    """`rows` are the rows below the header that hold anything: the number of the row in the file, and its cells by
    field. `ignored` are columns that are not known, `doubled` those that stand there a second time, and `nameless`
    counts those that hold something and have no name. `windows`: it was read as Windows-1256. `others` are the
    sheets that were passed over."""

    rows: list[tuple[int, dict[str, str]]]
    ignored: tuple[str, ...] = ()
    windows: bool = False
    others: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    nameless: int = 0


def table_in(content: bytes, *, name: str = "") -> Table:
    """The first table of organisations in a file that is called `name`. Raises Refused, with what to do, where
    there is none, and for a file that is too large or broken."""
    if not content.strip():
        raise Refused([Reason("table_empty")])
    if len(content) > LARGEST:
        raise Refused([Reason("table_too_large", {"most": LARGEST // 1_000_000})])
    if content.startswith(OLD_EXCEL):
        raise Refused([Reason("table_of_old_excel")])
    if content.lstrip().startswith(NO_TABLES):
        raise Refused([Reason("table_broken")])
    if content[:2] == b"PK":
        return _in_a_workbook(content)
    return _in_a_text(content, called_a_workbook=name.lower().endswith(WORKBOOKS))


Row = tuple[int, Sequence[str]]


def _in_a_workbook(content: bytes) -> Table:
    sheets = _sheets(content)
    for name, rows in sheets.items():
        table = _table(rows)
        if table is not None:
            others = tuple(each for each, some in sheets.items() if each != name and some)
            return replace(table, others=others)
    raise _no_table(row for rows in sheets.values() for row in rows)


def _sheets(content: bytes) -> dict[str, list[Row]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > LARGEST_UNPACKED:
                raise Refused([Reason("table_unpacks", {"most": LARGEST_UNPACKED // 1_000_000})])
        with catch_warnings():
            simplefilter("ignore")  # of styles and validations that it leaves out; only values are read
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
            return {kept_text(sheet.title): list(_filled(_rows_of(sheet))) for sheet in book.worksheets}
    except Refused:
        raise
    except Exception as error:  # openpyxl raises whatever a broken file makes it stumble over
        raise Refused([Reason("table_broken")]) from error


def _rows_of(sheet: Any) -> Iterator[Row]:
    """The size that a sheet says it has is not believed. Rows that are empty, and were painted to the end of the
    sheet, are not gone through."""
    sheet.reset_dimensions()
    filled = 0
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        cells = [_written(cell) for cell in row]
        if any(cells):
            filled = number
        elif number - filled > EMPTY_AT_THE_END:
            return
        yield number, cells


def _written(cell: Any) -> str:
    value = getattr(cell, "value", None)
    if getattr(cell, "data_type", "") == "f":
        return FORMULA
    if value is None:
        return ""
    if isinstance(value, (datetime, date, time, timedelta)):
        return DAY
    if isinstance(value, (float, Decimal)) and value == int(value):
        value = int(value)
    return _one_line(str(value))


def _in_a_text(content: bytes, *, called_a_workbook: bool) -> Table:
    """In UTF-8, in the UTF-16 of Excel's "Unicode text", or in the Arabic Windows-1256 of older systems: the last
    reads any bytes at all, so it counts only where Arabic comes of it."""
    encoding = UTF16 if content[:2] in (b"\xff\xfe", b"\xfe\xff") else UTF8
    try:
        text, windows = content.decode(encoding), False
    except UnicodeDecodeError:
        text, windows = content.decode(WINDOWS), True
    if windows and not any("\u0621" <= letter <= "\u064a" for letter in text):
        raise Refused([Reason("table_broken" if called_a_workbook else "table_not_text")])
    table = _separated(text)
    if table is None and called_a_workbook:
        raise Refused([Reason("table_broken")])
    if table is None:
        raise _no_table(_filled(_cells(text, _likely(text))))
    return replace(table, windows=windows)


def _separated(text: str) -> Table | None:
    """The table in `text`, whatever separates its cells."""
    for separator in sorted(",;\t", key=lambda each: each != _likely(text)):
        table = _table(list(_filled(_cells(text, separator))))
        if table is not None:
            return table
    return None


def _likely(text: str) -> str:
    first = next((line for line in text.splitlines()[:LOOKED_AT] if line.strip()), "")
    return max(",;\t", key=first.count)


def _cells(text: str, separator: str) -> Iterator[Row]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in rows:
            cells = [_one_line(each) for each in row[:MOST_COLUMNS]]
            yield rows.line_num, [FORMULA if each.startswith("=") else each for each in cells]
    except csv.Error as error:
        raise Refused([Reason("table_broken")]) from error


def _one_line(text: str) -> str:
    return kept_line(text[:LONGEST_CELL].replace(FORMULA[0], ""))


def _filled(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows that hold anything. Raises Refused where they are more than a table may have."""
    filled = (row for row in rows if any(row[1]))
    yield from islice(filled, MOST_ROWS + LOOKED_AT)
    if next(filled, None) is not None:
        raise Refused([Reason("table_too_long", {"most": MOST_ROWS})])


def _table(rows: Sequence[Row]) -> Table | None:
    for at, (_line, cells) in enumerate(rows[:LOOKED_AT]):
        columns = columns_of(cells)
        if columns is None:
            continue
        width = max(number for number, cell in enumerate(cells, start=1) if cell)
        below = rows[at + 1 :]
        passed_over = [
            cell
            for cell, column in zip(cells, columns, strict=True)
            if cell and not column and cell not in NOT_AS_TYPED
        ]
        return Table(
            [(line, row) for line, each in below if any((row := _by_field(columns[:width], each)).values())],
            tuple(each for each in passed_over if not field_named(each)),
            doubled=tuple(each for each in passed_over if field_named(each)),
            nameless=_nameless(cells[:width], [each for _line, each in below]),
        )
    return None


def _nameless(names: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    empty = [place for place, name in enumerate(names) if not name]
    return sum(any(place < len(row) and row[place] for row in rows) for place in empty)


def _by_field(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    found = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
    surplus = [each for each in cells[len(columns) :] if each]
    return {**found, SURPLUS: surplus[0]} if surplus else found


def _no_table(rows: Iterable[Row]) -> Refused:
    first = next(iter(rows), None)
    if first is None:
        return Refused([Reason("table_empty")])
    here = [each[:40] for each in first[1] if each and each not in NOT_AS_TYPED][:8]
    return Refused([Reason("table_without_columns", {"found": here})])
