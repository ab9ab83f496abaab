"""A table of organisations to fill in: the names of the columns, and one row that shows how."""

from __future__ import annotations

import csv
import io

from openpyxl import Workbook
from openpyxl.styles import Font

from accreditation_engine.organisations.importing.columns import header

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
EXAMPLE = {
    "ar": ["123", "جمعية المثال", "Example Association", "مصر", "المنيا", "الصحة", "العربية"],
    "en": ["123", "جمعية المثال", "Example Association", "EG", "Minya", "Health", "Arabic"],
}


def template_file(language: str, kind: str) -> bytes:
    """In "ar" or "en", as "csv" (UTF-8, with the mark by which spreadsheets know it) or "xlsx"."""
    rows = [header(language), EXAMPLE[language]]
    return _csv(rows) if kind == "csv" else _xlsx(rows, language)


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(rows: list[list[str]], language: str) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has one
    sheet.sheet_view.rightToLeft = language == "ar"
    for row in rows:
        sheet.append(row)
    for column, cell in zip("ABCDEFG", sheet[1], strict=True):
        cell.font = Font(bold=True)
        sheet.column_dimensions[column].width = 24
        sheet.column_dimensions[column].number_format = "@"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
