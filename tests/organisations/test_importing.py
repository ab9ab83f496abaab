"""Tables of organisations: how they are read, what would be done with each row, and taking them in."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.importing.planning import What, plan
from accreditation_engine.organisations.importing.rows import rows_of
from accreditation_engine.organisations.importing.sheets import LARGEST, MOST_ROWS, table_in
from accreditation_engine.organisations.importing.taking_in import take_in
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.organisations.registering import register_organisation
from accreditation_engine.trail.models import Event

ARABIC = [
    "رقم القيد",
    "الاسم بالعربية",
    "الاسم بالإنجليزية",
    "الدولة",
    "المحافظة",
    "مجال العمل",
    "لغة الملفات",
]
ENGLISH = ["Registration number", "Name in Arabic", "Name in English", "Country", "Governorate"]
ROW = ["١٢٣", "جمعية النور", "Light Association", "مصر", "المنيا", "الصحة", "العربية"]


def text(*rows: list[str], separator: str = ",", encoding: str = "utf-8") -> bytes:
    kept = io.StringIO(newline="")
    csv.writer(kept, delimiter=separator).writerows(rows)
    return kept.getvalue().encode(encoding)


def workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def codes(content: bytes) -> list[list[str]]:
    """Of each row, why it is wrong."""
    return [[reason.code for reason in each.reasons] for each in rows_of(table_in(content))]


def refused(content: bytes, name: str = "") -> str:
    with pytest.raises(Refused) as found:
        table_in(content, name=name)
    return found.value.reasons[0].code


@pytest.mark.parametrize(
    "content",
    [
        text(ARABIC, ROW),
        text(ARABIC, ROW, encoding="utf-8-sig", separator=";"),
        text(ARABIC, ROW, encoding="utf-16", separator="\t"),
        text(ARABIC, ["123", *ROW[1:]], encoding="cp1256", separator=";"),
        text(["سجل الجمعيات"], [], ARABIC, ROW),
        workbook(["سجل الجمعيات"], ARABIC, ROW),
        workbook(
            [*ENGLISH, "Field of work", "Language"], [123.0, *ROW[1:3], "EG", "المنيا", "HEALTH", "Arabic"]
        ),
    ],
    ids=["utf-8", "bom-semicolon", "utf-16-tab", "windows-1256", "title above", "xlsx", "xlsx english"],
)
def test_a_table_says_the_same_however_it_was_saved(content: bytes) -> None:
    (row,) = rows_of(table_in(content))
    assert row.reasons == ()
    assert row.values == {
        "registration_number": "123",
        "name_ar": "جمعية النور",
        "name_en": "Light Association",
        "country": "EG",
        "governorate": "المنيا",
        "sector": "health",
        "language": "ar",
    }


def test_what_is_wrong_with_a_row_is_said_of_it_alone() -> None:
    head = ["رقم القيد", "الاسم", "الدولة", "مجال العمل", "عدد الأعضاء"]
    content = workbook(
        head,
        ["1", "جمعية أ", "مصر", "الصحة", 5],
        ["2", "=A1", "مصر", "", ""],
        ["", "جمعية ج", "", "", ""],
        ["3", "جمعية د", "بلاد العجائب", "سحر", ""],
        ["4", "جمعية ه", "", "", ""],
        ["٤", "جمعية و", "", "", ""],
        ["5", "ج" * 201, "", "", ""],
        ["", "", "", "", ""],
        [date(2024, 12, 1), "جمعية ز", "", "", ""],
    )
    assert codes(content) == [
        [],
        ["cell_formula"],
        ["organisation_lacks"],
        ["organisation_unlisted", "country_unknown"],
        ["row_twice"],
        ["row_twice"],
        ["organisation_too_long"],
        ["cell_date"],
    ]
    table = table_in(content)
    assert table.ignored == ("عدد الأعضاء",)
    rows = rows_of(table)
    assert [each.parameters["rows"] for each in rows[4].reasons] == [[7]]
    assert codes(text(head, ["1", '=HYPERLINK("http://x")', "", "", ""])) == [["cell_formula"]]


def test_nothing_of_a_row_is_dropped_in_silence(db: None) -> None:
    head = ["رقم القيد", "الاسم", "", "الاسم", "المحافظة", "ملاحظات"]
    table = table_in(
        text(
            head,
            ["1", "جمعية", "س", "أخرى", "قاهره", "-"],
            ["2", "جمعية", "", "", "قنا", "-", "بقية"],
            ["2024-12-01 00:00:00", "جمعية", "", "", "", ""],
            ["12/3/2015", "جمعية", "", "", "", ""],
            ["3/2015", "جمعية", "", "", "أطلنطس", ""],
            ["4", "جمعية", "", "", "القاهرو", ""],
            ["5", "", "", "", "", ""],
        )
    )
    assert (table.doubled, table.ignored, table.nameless) == (("الاسم",), ("ملاحظات",), 1)
    rows = plan(rows_of(table))
    assert rows[0].after["governorate"] == "EG-C"
    assert [[reason.code for reason in each.reasons] for each in rows[1:]] == [
        ["cell_surplus"],
        ["cell_date"],
        ["cell_date"],
        ["governorate_unknown"],
        ["governorate_unknown"],
        ["organisation_nameless"],
    ]
    assert [each.reasons[0].parameters["alike"] for each in rows[4:6]] == ["", "القاهرة"]
    elsewhere = plan(rows_of(table_in(text([*head[:2], "الدولة", "المحافظة"], ["6", "م", "JO", "إربد"]))))
    assert elsewhere[0].what == What.NEW


def test_a_file_that_is_no_table_is_refused_with_its_code() -> None:
    bomb = io.BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 120_000_000)
    many = text(ENGLISH[:2], *([str(number), "جمعية"] for number in range(MOST_ROWS + 30)))
    found = {
        "empty": refused(b""),
        "blank": refused(b"\xef\xbb\xbf"),
        "large": refused(b"x" * (LARGEST + 1)),
        "unpacks": refused(bomb.getvalue()),
        "broken": refused(b"PK\x03\x04 no workbook"),
        "columns": refused(text(["a", "b"], ["1", "2"])),
        "long": refused(many),
        "xls called xlsx": refused(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(range(200, 256)) * 40),
        "paper": refused(b"%PDF-1.7\n1 0 obj"),
        "text called xlsx": refused(b"only words", "words.XLSX"),
        "picture": refused(b"\x89PNG\r\n\x1a\n" + bytes(range(128)) * 4),
    }
    assert found == {
        "empty": "table_empty",
        "blank": "table_empty",
        "large": "table_too_large",
        "unpacks": "table_unpacks",
        "broken": "table_broken",
        "columns": "table_without_columns",
        "long": "table_too_long",
        "xls called xlsx": "table_of_old_excel",
        "picture": "table_broken",
        "paper": "table_broken",
        "text called xlsx": "table_broken",
    }


def test_rows_are_new_changed_or_known_and_empty_cells_leave_what_is_known(db: None) -> None:
    for number in ("1", "2"):
        register_organisation(
            name_ar="جمعية",
            name_en="Association",
            registration_number=number,
            governorate="قنا",
            by=SYSTEM,
        )
    head = ["رقم القيد", "الاسم", "المحافظة"]
    rows = rows_of(
        table_in(text(head, ["1", "جمعية", ""], ["2", "جمعية الأمل", "سوهاج"], ["3", "جمعية ج", ""]))
    )
    planned = plan(rows)
    assert [each.what for each in planned] == [What.KNOWN, What.CHANGED, What.NEW]
    assert planned[1].before == {"name_ar": "جمعية", "governorate": "EG-KN"}
    done = take_in(rows, by=SYSTEM)
    assert [each.what for each in done] == [each.what for each in planned]
    changed, new = (Organisation.objects.get(registration_number=each) for each in ("2", "3"))
    assert (changed.name_ar, changed.name_en, changed.governorate) == ("جمعية الأمل", "Association", "EG-SHG")
    assert (new.name_ar, new.name_en, new.country) == ("جمعية ج", "جمعية ج", "EG")
    event = Event.objects.get(stream=changed.pk, kind="organisation_changed")
    assert event.data["after"] == {"name_ar": "جمعية الأمل", "governorate": "EG-SHG"}
    assert {each.what for each in take_in(rows, by=SYSTEM)} == {What.KNOWN}
    assert Event.objects.filter(kind="organisation_registered").count() == 3
    assert list(verify_all()) == []


def test_the_command_says_what_it_would_do_and_does_it_once(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(text(ARABIC, ROW, ["", *ROW[1:]]))
    for options, counts in (
        (["--dry-run"], {"new": 1, "wrong": 1}),
        ([], {"new": 1, "wrong": 1}),
        ([], {"known": 1, "wrong": 1}),
    ):
        with pytest.raises(SystemExit):
            call_command("import_organisations", str(path), *options, "--format", "json")
        said = json.loads(capsys.readouterr().out)
        assert Counter(each["what"] for each in said["rows"]) == counts
    assert Organisation.objects.get().registration_number == "123"
    with pytest.raises(SystemExit):
        call_command("import_organisations", str(path), "--language", "ar")
    assert "الصف 3" in capsys.readouterr().out
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_organisations", str(tmp_path / "nothing.csv"))


def test_two_thousand_rows_take_no_longer_than_seven_thousand_may(db: None) -> None:
    head = ["رقم القيد", "الاسم بالعربية", "الاسم بالإنجليزية", "المحافظة"]
    content = workbook(head, *([str(n), f"جمعية {n}", f"Association {n}", "قنا"] for n in range(2_000)))
    began = monotonic()
    rows = rows_of(table_in(content))
    for start in range(0, len(rows), 500):
        take_in(rows[start : start + 500], by=SYSTEM)
    assert Organisation.objects.count() == 2_000
    assert monotonic() - began < 60 * 2 / 7
