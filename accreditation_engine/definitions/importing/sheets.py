"""The rows of an xlsx or csv file, from the row on that names the columns. Values only: nothing is computed."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from warnings import catch_warnings, simplefilter

from openpyxl import load_workbook

from ..problems import DefinitionError
from ..said import listed, say
from .columns import NEEDED, column_called, columns_of
from .drafts import clean, refused
from .losses import Loss, Losses

MOST_ROWS = 20_000
LARGEST_UNPACKED = 100_000_000
"""Bytes of what is inside an xlsx file."""
LOOKED_AT = 20
"""Rows among which the names of the columns must be: titles and empty rows may stand above."""
ASKED = say("name the columns area, criterion, weight, guidance (المجال، المعيار، الوزن النسبي، إرشادات)")
NOT_UTF8 = say("not UTF-8 text; save the table as CSV in UTF-8, or as .xlsx")
Row = tuple[int, Sequence[Any]]
"""A row's number and its cells."""


@dataclass(frozen=True)
class Table:
    """`columns` are what `columns_of` makes of the cells of `header`; `rows` are those below. `lost` is what
    of the file is left out. `sheet` is the one it stands in, where the file has several."""

    header: Row
    columns: list[str]
    rows: list[Row]
    lost: Losses = field(default_factory=Losses)
    sheet: str = ""


def table_in(content: bytes, file: str) -> Table:
    """The first table of criteria in a file. Raises DefinitionError when there is none."""
    return _xlsx(content, file) if content[:2] == b"PK" else _csv(content, file)


def _xlsx(content: bytes, file: str) -> Table:
    sheets = _sheets(content, file)
    found = [(name, table) for name, rows in sheets.items() if (table := _table(rows)) is not None]
    if not found:
        raise _no_table([row for rows in sheets.values() for row in rows], file)
    taken, table = found[0]
    for name, rows in sheets.items():
        if name != taken and any(_filled(row) for row in rows):
            table.lost.add(Loss("sheet", clean(name)))
    return replace(table, sheet=clean(taken)) if len(sheets) > 1 else table


def _sheets(content: bytes, file: str) -> dict[str, list[Row]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > LARGEST_UNPACKED:
                words = "unpacks to more than {bytes} bytes, which no table of criteria has"
                raise refused(file, 1, say(words, bytes=LARGEST_UNPACKED))
        with catch_warnings():
            simplefilter("ignore")  # of styles and validations that it leaves out; only values are read
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
            return {
                sheet.title: list(
                    enumerate(sheet.iter_rows(max_row=MOST_ROWS + 2, values_only=True), start=1)
                )
                for sheet in book.worksheets
            }
    except DefinitionError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken file makes it stumble over
        words = say("not a workbook that can be read; save it as .xlsx, or as .csv in UTF-8")
        raise refused(file, 1, words) from error


def _csv(content: bytes, file: str) -> Table:
    """In UTF-8, in the UTF-16 of Excel's "Unicode text", or in the Arabic Windows-1256 of older systems: the last
    reads any bytes at all, so it counts only when the names of the columns are known in it."""
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        table = _separated(content.decode("cp1256"), file, strict=False)
        if table is None or all(clean(each).isascii() for each in table.header[1]):
            raise refused(file, 1, NOT_UTF8) from None
        table.lost.add(Loss("windows"))
        return table
    table = _separated(text, file, strict=True)
    if table is None:
        raise _no_table(_rows(text, _likely(text), file), file)
    return table


def _separated(text: str, file: str, *, strict: bool) -> Table | None:
    """The table in `text`, whatever separates its cells. What is no CSV is raised, unless not `strict`."""
    for separator in sorted(",;\t", key=lambda each: each != _likely(text)):
        try:
            table = _table(_rows(text, separator, file))
        except DefinitionError:
            if strict and separator == _likely(text):
                raise
            continue
        if table is not None:
            return table
    return None


def _likely(text: str) -> str:
    return max(",;\t", key=text.strip().partition("\n")[0].count)


def _rows(text: str, separator: str, file: str) -> list[Row]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[Row] = []
    try:
        for row in rows:
            found.append((rows.line_num, row))
    except csv.Error as error:
        raise refused(file, rows.line_num, say("not a CSV: {why}; mend the quotes here", why=error)) from None
    return found


def _table(rows: Sequence[Row]) -> Table | None:
    above = Losses()
    for at, (line, cells) in enumerate(rows[:LOOKED_AT]):
        columns = columns_of(cells)
        if columns is not None:
            return Table((line, cells), columns, list(rows[at + 1 :]), above)
        if _filled((line, cells)):
            above.add(Loss("above"), line=line)
    return None


def _no_table(rows: Sequence[Row], file: str) -> DefinitionError:
    first = next((row for row in rows if _filled(row)), None)
    if first is None:
        return refused(file, 1, say("the table is empty; {remedy}", remedy=ASKED))
    called = {column_called(clean(each)) for row in rows[:LOOKED_AT] for each in row[1]} - {"area_weight"}
    known = {each.partition("_")[0] for each in called}
    missing = [each for each in NEEDED if each not in known]
    if len(missing) == 1:
        return refused(file, first[0], say("no column '{column}'; {remedy}", column=missing[0], remedy=ASKED))
    here = listed(f"'{clean(each)[:40]}'" for each in first[1] if clean(each))
    words = "no row names an area and a criterion; {remedy}. Here stands: {found}"
    return refused(file, first[0], say(words, remedy=ASKED, found=here))


def _filled(row: Row) -> bool:
    return any(clean(each) for each in row[1])
