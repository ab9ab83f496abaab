"""Reads a table of criteria: columns area, criterion, weight and guidance, in Arabic, in English or in both.

A column's name may end in the language, as `area_ar` or "criterion (en)"; without one its language is seen from
each text. The Arabic names of the glossary are known, too. An empty area is that of the row above, as in merged
cells. An area weighs what its criteria weigh, unless a column `area weight` says otherwise.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from warnings import catch_warnings, simplefilter

from openpyxl import load_workbook

from ..problems import DefinitionError, Problem
from .drafts import Draft, DraftArea, DraftCriterion, clean, refused, slug

MOST_ROWS = 20_000
LARGEST_UNPACKED = 100_000_000
"""Bytes of what is inside an xlsx file."""
NAMES = {
    "area": "area",
    "criterion": "criterion",
    "weight": "weight",
    "guidance": "guidance",
    "id": "id",
    "area weight": "area_weight",
    "المجال": "area_ar",
    "المعيار": "criterion_ar",
    "الوزن النسبي": "weight",
    "إرشادات": "guidance_ar",
}
_LANGUAGE = re.compile(r"(?P<name>.+?)[ _(\[-]+(?P<language>ar|en)[)\]]*")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_NUMBER = re.compile(r"[0-9٠-٩]{1,10}(\.[0-9٠-٩]{1,10})?")
Row = tuple[int, list[Any]]
"""A row's number and its cells."""


def read_table(content: bytes, *, file: str, name: str) -> Draft:
    """The criteria in an xlsx (its first sheet) or csv file. `name` is what the rubric is called.

    Raises DefinitionError with all that is wrong: no columns, formulas, weights that are no numbers, criteria
    without an area.
    """
    rows = _xlsx(content, file) if content[:2] == b"PK" else _csv(content, file)
    return _Table(file, name).draft(rows)


def _xlsx(content: bytes, file: str) -> Iterator[Row]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > LARGEST_UNPACKED:
                raise refused(
                    file, 1, f"unpacks to more than {LARGEST_UNPACKED} bytes, which no table of criteria has"
                )
        with catch_warnings():
            simplefilter("ignore")  # of styles and validations that it leaves out; only values are read
            sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=False).worksheets[0]
            rows = [list(row) for row in sheet.iter_rows(max_row=MOST_ROWS + 2, values_only=True)]
    except DefinitionError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken file makes it stumble over
        raise refused(
            file, 1, "not a workbook that can be read; save it as .xlsx, or as .csv in UTF-8"
        ) from error
    yield from enumerate(rows, start=1)


def _csv(content: bytes, file: str) -> Iterator[Row]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refused(file, 1, "not UTF-8 text; save the table as CSV in UTF-8, or as .xlsx") from None
    first = text.strip().partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        for row in rows:
            yield rows.line_num, list(row)
    except csv.Error as error:
        raise refused(file, rows.line_num, f"not a CSV: {error}") from None


@dataclass
class _Table:
    file: str
    name: str
    problems: list[Problem] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)

    def draft(self, rows: Iterator[Row]) -> Draft:
        columns = self.columns(rows)
        areas: dict[str, DraftArea] = {}
        area = ""
        for line, cells in rows:
            if line > MOST_ROWS:
                raise refused(self.file, line, f"more than {MOST_ROWS} rows")
            row = {column: each for column, each in zip(columns, cells, strict=False) if column}
            if any(clean(each) for each in row.values()):
                area = self.row(line, row, area, areas)
        if self.problems:
            raise DefinitionError(self.problems)
        filled = [each for each in areas.values() if each.parts]
        self.lost["areas without a criterion"] += len(areas) - len(filled)
        if not filled:
            raise refused(self.file, 1, "no criteria stand beneath the columns' names")
        return self.drafted(filled)

    def drafted(self, areas: list[DraftArea]) -> Draft:
        self.lost["a scale (0 to 4 is written)"] += 1
        title = {_language(self.name): clean(self.name)}
        source = f"Imported from a table of criteria, {clean(self.name)}"
        ends = (Decimal(0), Decimal(4))
        return Draft(slug(self.name, "rubric"), "1", title, source, areas, *ends, {}, self.lost)

    def columns(self, rows: Iterator[Row]) -> list[str]:
        """What each column holds, "" where that is not known; found in the first row that is not empty."""
        for line, cells in rows:
            if any(clean(each) for each in cells):
                columns = [_column(clean(each)) for each in cells]
                self.lost.update(
                    f"column '{clean(each)}'"
                    for each, column in zip(cells, columns, strict=True)
                    if clean(each) and not column
                )
                for needed in ("area", "criterion"):
                    if not any(each.split("_")[0] == needed and each != "area_weight" for each in columns):
                        message = f"no column '{needed}'; name the columns area, criterion, weight, guidance"
                        raise refused(self.file, line, message)
                return columns
        raise refused(self.file, 1, "the table is empty; it needs columns area, criterion, weight, guidance")

    def row(self, line: int, row: dict[str, Any], area: str, areas: dict[str, DraftArea]) -> str:
        """Take in one row; gives the area that the next row is in if it names none."""
        for column, cell in row.items():
            if isinstance(cell, str) and cell.lstrip().startswith("="):
                self.wrong(line, f"a formula stands under '{column}'; paste its value instead")
        titles, criterion = _texts(row, "area"), _texts(row, "criterion")
        key = " / ".join(titles.values()) or area
        if not key:
            self.wrong(line, "this row has no area, and none above it")
        elif key not in areas:
            areas[key] = DraftArea("", titles, weight=self.weight(line, row.get("area_weight")))
        if not criterion:
            self.lost["rows without a criterion"] += 1
        elif key:
            weight = self.weight(line, row.get("weight"))
            ref = clean(row.get("id"))
            guidance = _texts(row, "guidance")
            areas[key].parts.append(
                DraftCriterion(ref, criterion, guidance, Decimal(1) if weight is None else weight)
            )
        return key

    def weight(self, line: int, cell: Any) -> Decimal | None:
        """A number from 0 up; None where the cell is empty."""
        text = clean(cell).replace("٫", ".")
        if not text or text.startswith("="):
            return None
        if isinstance(cell, bool) or not _NUMBER.fullmatch(text):
            self.wrong(line, f"the weight '{text}' is no number; write for example 2 or 0.5")
            return None
        return Decimal(text)

    def wrong(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.file, line, message))


def _column(name: str) -> str:
    """The column that `name` means: "area", "area_ar", "weight" ...; "" for any other."""
    lowered = name.lower().replace("_", " ")
    if lowered in NAMES:
        return NAMES[lowered]
    match = _LANGUAGE.fullmatch(lowered)
    if match and (known := NAMES.get(match["name"].strip())) in ("area", "criterion", "guidance"):
        return f"{known}_{match['language']}"
    return ""


def _texts(row: dict[str, Any], column: str) -> dict[str, str]:
    found = {language: clean(row.get(f"{column}_{language}")) for language in ("ar", "en")}
    plain = clean(row.get(column))
    if plain and not found[_language(plain)]:
        found[_language(plain)] = plain
    return {language: text for language, text in found.items() if text}


def _language(text: str) -> str:
    return "ar" if _ARABIC.search(text) else "en"
