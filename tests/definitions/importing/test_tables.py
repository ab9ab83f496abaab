"""Tables of criteria as people have them: merged cells, several sheets, old encodings, Arabic names and digits."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from accreditation_engine.definitions.importing import import_file
from accreditation_engine.definitions.importing.columns import column_called
from accreditation_engine.definitions.problems import DefinitionError
from accreditation_engine.definitions.rubric import Criterion

HEADER = ["المجال", "المعيار", "الوزن النسبي", "إرشادات"]
ROW = ["النزاهة", "سياسة", 2, None]


def workbook(path: Path, *sheets: list[list[Any]], merged: str = "") -> Path:
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"ورقة {number}")
        for row in rows:
            sheet.append(row)
        if merged:
            sheet.merge_cells(merged)
    book.save(path)
    return path


def imported(path: Path) -> tuple[list[Criterion], tuple[str, ...]]:
    rubric, written = import_file(path, file=path.name)
    return list(rubric.every_criterion()), written.notes


def refused(path: Path) -> list[str]:
    with pytest.raises(DefinitionError) as error:
        import_file(path, file=path.name)
    return [str(each) for each in error.value.problems]


def csv_file(folder: Path, content: bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("المجالات", "area_ar"),
        ("المَجال ", "area_ar"),
        ("المعايير", "criterion_ar"),
        ("الوزن النسبى", "weight"),
        ("الوزن (%)", "weight"),
        ("ارشادات", "guidance_ar"),
        ("الرمز", "id"),
        ("وزن المجال", "area_weight"),
        ("Criteria", "criterion"),
        ("criterion_AR", "criterion_ar"),
        ("Weight (en)", ""),
        ("Owner", ""),
        ("", ""),
    ],
)
def test_columns_are_known_however_their_names_are_written(name: str, column: str) -> None:
    assert column_called(name) == column


def test_rows_may_stand_above_the_names_of_the_columns(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", [["أداة التقييم"], [], HEADER, ROW], merged="A1:D1")
    criteria, notes = imported(path)
    assert [each.title.ar for each in criteria] == ["سياسة"]
    assert "rows above the names of the columns: 1 (rows: 1)" in notes


def test_the_first_sheet_with_the_columns_is_taken_and_the_others_are_named(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "t.xlsx", [["غلاف"]], [HEADER, ROW], [HEADER, ["الشفافية", "نشر", 1, None]], []
    )
    criteria, notes = imported(path)
    assert [each.title.ar for each in criteria] == ["سياسة"]
    assert {"sheet 'ورقة 1': 1", "sheet 'ورقة 3': 1"} <= set(notes)


def test_merged_cells_belong_to_the_rows_that_they_cover(tmp_path: Path) -> None:
    rows = [HEADER, ["النزاهة", "سياسة", "٢٫٥", "أ"], [None, None, None, "ب"], [None, "سجل", "1", None]]
    criteria, notes = imported(workbook(tmp_path / "t.xlsx", rows, merged="B2:B3"))
    assert [(each.title.ar, each.weight) for each in criteria] == [("سياسة", Decimal("2.5")), ("سجل", 1)]
    assert criteria[0].guidance is not None
    assert criteria[0].guidance.ar == "أ؛ ب"
    assert not any("rows without a criterion" in note for note in notes)
    assert "rows without an area (that of the row above is taken): 1 (rows: 4)" in notes


def test_a_row_that_only_names_an_area_is_no_guidance_of_the_one_above(tmp_path: Path) -> None:
    rows = [HEADER, ["النزاهة", "سياسة", 1, "أ"], ["الشفافية", None, None, "ب"], [None, "نشر", 1, None]]
    criteria, notes = imported(workbook(tmp_path / "t.xlsx", rows))
    assert criteria[0].guidance is not None
    assert criteria[0].guidance.ar == "أ"
    assert "rows without a criterion: 1 (rows: 3)" in notes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_is_read_in_the_encodings_that_arabic_offices_write(
    encoding: str, separator: str, tmp_path: Path
) -> None:
    lines = [separator.join(HEADER), separator.join(["النزاهة", "سياسة", "2", ""]), separator * 3, ""]
    criteria, notes = imported(csv_file(tmp_path, "\r\n".join(lines).encode(encoding)))
    assert [(each.title.ar, each.weight) for each in criteria] == [("سياسة", 2)]
    windows = "text in Windows-1256, not in UTF-8 (check its letters): 1"
    assert (windows in notes) is (encoding == "cp1256")


def test_weights_are_read_in_all_digits_and_refused_with_the_remedy(tmp_path: Path) -> None:
    good = "area,criterion,weight\nx,a,٢٫٥\nx,b,۳\nx,c, 4 \n"
    assert [each.weight for each in imported(csv_file(tmp_path, good.encode()))[0]] == [Decimal("2.5"), 3, 4]
    bad = "area;criterion;weight\nx;a;2,5\nx;b;20%\nx;c;1e3\n"
    assert refused(csv_file(tmp_path, bad.encode())) == [
        "table.csv:2: the weight '2,5' is no number; write it with a point, as 2.5",
        "table.csv:3: the weight '20%' is no number; write it without the percent sign",
        "table.csv:4: the weight '1e3' is written with an exponent; write 1000",
    ]


def test_a_table_without_the_columns_is_refused_with_what_stands_there(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", [["غلاف", "تاريخ"], ["جمعية", "2026"]])
    (said,) = refused(path)
    assert (
        "no row names an area and a criterion; name the columns area, criterion, weight, guidance (المجال"
        in said
    )
    assert said.endswith("Here stands: 'غلاف', 'تاريخ'")


def test_five_thousand_rows_take_seconds(tmp_path: Path) -> None:
    rows = [[f"مجال {at // 100}", f"معيار {at}", 1, "إرشادات"] for at in range(5000)]
    path = workbook(tmp_path / "t.xlsx", [HEADER, *rows])
    start = time.perf_counter()
    criteria, _notes = imported(path)
    assert len(criteria) == 5000
    assert time.perf_counter() - start < 30
