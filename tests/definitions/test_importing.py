"""Frameworks and tables of criteria from elsewhere."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from accreditation_engine.definitions.importing import import_file
from accreditation_engine.definitions.problems import DefinitionError
from accreditation_engine.definitions.reading import read_text
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.scoring import score_sheet

LIBRARY = Path(__file__).parents[1] / "fixtures" / "imports" / "library.yaml"
HEADER = ["area", "criterion", "weight", "guidance"]


def workbook(path: Path, *rows: list[Any]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def imported(path: Path) -> tuple[Rubric, tuple[str, ...]]:
    rubric, written = import_file(path, file=path.name)
    assert read_text(written.text, file="again").definition == rubric
    return rubric, written.notes


def library(old: str, new: str, folder: Path) -> Path:
    text = LIBRARY.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = folder / "changed.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def problems(path: Path) -> list[str]:
    with pytest.raises(DefinitionError) as refused:
        import_file(path, file=path.name)
    return [str(each) for each in refused.value.problems]


def test_a_library_becomes_a_tree_of_areas_with_criteria_at_its_leaves() -> None:
    rubric, _ = imported(LIBRARY)
    assert (rubric.id, rubric.edition, rubric.title.ar) == ("good-work-2026", "3", "العمل الجيد")
    assert [each.id for each in rubric.every_area()] == [
        "good-work-2026",
        "area-1",
        "area-1-general",
        "area-1-2",
    ]
    assert [each.id for each in rubric.every_criterion()] == ["lone", "c-1-1", "c-1-2", "c-1-2-a", "c-1-2-b"]
    board = next(each for each in rubric.every_criterion() if each.id == "c-1-1")
    assert (board.title.ar, board.title.en) == ("انعقاد المجلس", "The board meets")
    assert board.guidance is not None
    assert board.guidance.en == "At least four times a year; Look at the minutes; Minutes"
    assert board.guidance.ar == "أربع مرات في السنة على الأقل"
    assert "copyright: Invented for tests" in rubric.source


def test_a_library_keeps_its_scale_with_the_names_of_scores() -> None:
    rubric, _ = imported(LIBRARY)
    assert (rubric.scale.minimum, rubric.scale.maximum) == (1, 3)
    assert rubric.scale.anchors[Decimal(1)].en == "Begun: There are words, no deeds."


def test_every_requirement_of_a_library_counts_as_if_there_were_no_areas() -> None:
    rubric, _ = imported(LIBRARY)
    ratings = {"lone": 3, "c-1-1": 1, "c-1-2": 3, "c-1-2-a": 1, "c-1-2-b": 1}
    assert score_sheet(rubric, ratings).scores.whole.exact_percent == 50  # 3 of the weights 1, 1, 2, 1, 1


def test_what_could_not_be_carried_over_is_listed() -> None:
    assert imported(LIBRARY)[1] == (
        "Arabic texts: 6 are missing, and repeat another language",
        "areas without a weight of their own (the sum of what is in them is written): 4",
        "implementation groups (which requirements each organisation has to meet): 1",
        "implementation groups of requirements: 1",
        "reference controls of requirements: 1",
        "texts without anything to assess: 1 (lines: 69)",
        "weight 'heavy', which is no number (1 is written): 1 (lines: 63)",
        "outcomes: one that always holds is written, so that ratings can be scored; write what yours ask for",
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "objects:\n",
            "things:\n",
            "'objects:' is not here; give a framework library, or a table of criteria",
        ),
        (
            "  framework:\n",
            "  threats:\n",
            "this library holds no framework; give one with 'objects.framework'",
        ),
        ("    requirement_nodes:\n", "    nodes:\n", "'requirement_nodes' must be a list of requirements"),
        (
            "good-work:1.2.a\n",
            "good-work:1.1\n",
            "the urn 'urn:tests:risk:req_node:good-work:1.1' stands here a second time",
        ),
        (
            "      depth: 1\n      ref_id: '1'\n",
            "      parent_urn: urn:tests:risk:req_node:good-work:1.1\n      ref_id: '1'\n",
            "this requirement stands beneath itself; mend its parent_urn",
        ),
        ("locale: en\n", "locale: [en\n", "not YAML"),
    ],
)
def test_a_library_that_is_none_is_refused_with_file_and_line(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    [problem] = problems(library(old, new, tmp_path))
    file, line, message = problem.split(":", 2)
    assert file == "changed.yaml"
    assert int(line) >= 1
    assert said in message


def test_requirements_of_which_none_is_assessable_make_no_rubric(tmp_path: Path) -> None:
    path = tmp_path / "texts.yaml"
    path.write_text(
        LIBRARY.read_text(encoding="utf-8").replace("assessable: true", "assessable: false"), "utf-8"
    )
    assert problems(path) == ["texts.yaml:14: no requirement here is assessable"]


def test_a_chain_of_requirements_that_is_too_deep_is_refused(tmp_path: Path) -> None:
    nodes = "".join(
        f"      - {{urn: u{at}, assessable: true, name: x, parent_urn: u{at - 1}}}\n" for at in range(3000)
    )
    path = tmp_path / "deep.yaml"
    path.write_text("objects:\n  framework:\n    ref_id: deep\n    requirement_nodes:\n" + nodes)
    assert "more than 20 levels deep" in problems(path)[0]


def test_a_library_in_another_language_repeats_it_in_both(tmp_path: Path) -> None:
    path = tmp_path / "fr.yaml"
    path.write_text(
        "locale: fr\nobjects:\n  framework:\n    ref_id: travail\n    name: Bon travail\n    requirement_nodes:\n"
        "    - {urn: a, assessable: true, ref_id: É, name: Une équipe}\n",
        encoding="utf-8",
    )
    rubric, notes = imported(path)
    assert (rubric.title.ar, rubric.title.en) == ("Bon travail", "Bon travail")
    assert notes[:3] == (
        "Arabic texts: 3 are missing, and repeat another language",
        "English texts: 3 are missing, and repeat another language",
        "a scale (0 to 100 is written, as where a framework has none): 1",
    )


def test_a_workbook_becomes_a_rubric(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "Our criteria.xlsx",
        ["Area (AR)", "area_en", "Criterion", "criterion_ar", "weight", "guidance en", "Owner"],
        ["النزاهة", "Integrity", "A policy", "سياسة", 2, "Look for it", "Mona"],
        [None, None, "A register", None, 0.5, None, None],
        [None] * 7,
        ["الشفافية", "Openness", "Accounts are published", None, None, None, None],
        ["الفراغ", "Nothing", None, None, None, None, None],
    )
    rubric, notes = imported(path)
    assert (rubric.id, [each.id for each in rubric.every_area()]) == (
        "our-criteria",
        ["integrity", "openness"],
    )
    assert [each.id for each in rubric.every_criterion()] == ["integrity-1", "integrity-2", "openness-1"]
    policy, register, accounts = rubric.every_criterion()
    assert (policy.title.ar, policy.title.en, policy.weight) == ("سياسة", "A policy", 2)
    assert (register.weight, accounts.weight) == (Decimal("0.5"), 1)
    assert [each.weight for each in rubric.areas] == [Decimal("2.5"), 1]
    assert notes[:8] == (
        "Arabic texts: 4 are missing, and repeat another language",
        "a scale (0 to 4 is written): 1",
        "areas without a criterion: 1",
        "areas without a weight of their own (the sum of what is in them is written): 2",
        "column 'Owner': 1",
        "criteria without a weight (1 is written): 1 (rows: 5)",
        "rows without a criterion: 1 (rows: 6)",
        "rows without an area (that of the row above is taken): 1 (rows: 3)",
    )


def test_a_csv_with_the_glossarys_words_becomes_a_rubric(tmp_path: Path) -> None:
    path = tmp_path / "criteria.csv"
    path.write_text(
        "\ufeffالمجال;المعيار;الوزن النسبي;إرشادات\n"
        "النزاهة;سياسة لتعارض المصالح;٢;ينظر في اعتمادها\n"
        ";سجل الهدايا;0;\n",
        encoding="utf-8",
    )
    rubric, notes = imported(path)
    assert [each.title.ar for each in rubric.every_criterion()] == ["سياسة لتعارض المصالح", "سجل الهدايا"]
    assert [each.weight for each in rubric.every_criterion()] == [2, 0]
    assert [each.id for each in rubric.every_criterion()] == ["nzaha-1", "nzaha-2"]
    assert notes[1] == "English texts: 4 are missing, and repeat another language"


def test_an_area_may_have_a_weight_and_a_criterion_an_id(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "t.xlsx",
        [*HEADER, "id", "area weight"],
        ["Integrity", "A", 1, None, "INT-A", 15],
        ["Integrity", "B", 1, None, "INT-A", None],
    )
    rubric, _ = imported(path)
    assert rubric.areas[0].weight == 15
    assert [each.id for each in rubric.every_criterion()] == ["int-a", "int-a-2"]


def test_formulas_and_weights_that_are_none_are_all_refused_by_row(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "bad.xlsx",
        HEADER,
        ["X", "A", "=1+1", None],
        ["X", '=HYPERLINK("http://x.example","B")', 1, None],
        ["X", "C", "heavy", None],
        ["X", "D", -1, None],
        ["X", "E", True, None],
    )
    assert problems(path) == [
        "bad.xlsx:2: a formula stands under 'weight'; paste its value instead",
        "bad.xlsx:3: a formula stands under 'criterion'; paste its value instead",
        "bad.xlsx:4: the weight 'heavy' is no number; write for example 2 or 0.5",
        "bad.xlsx:5: the weight '-1' is below 0; write 0 or more",
        "bad.xlsx:6: the weight 'True' is no number; write for example 2 or 0.5",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the table is empty; name the columns area, criterion, weight, guidance"),
        (b"area,weight\nx,1\n", "no column 'criterion'; name the columns area, criterion, weight, guidance"),
        (b"criterion,area weight\nx,1\n", "no column 'area'; name the columns"),
        (b"x,y\n1,2\n", "no row names an area and a criterion; name the columns"),
        (b"area,criterion\n", "no criteria stand beneath the columns' names"),
        (b"area,criterion\n,A\n", "this row has no area, and none above it"),
        (b"area,criterion\nx,=A1\n", "a formula stands under 'criterion'"),
        (b"area,criterion\nx,\xff\n", "not UTF-8 text"),
        (b'area,criterion\nx,"A\n', "not a CSV"),
        (b"PK\x03\x04 but nothing more", "not a workbook that can be read"),
        (b"area,criterion\n" + b"x,A\n" * 20_001, "more than 20000 rows"),
        (b"area,criterion,weight\nx,A,0\n", "all areas here weigh 0"),
    ],
)
def test_tables_that_are_none_are_refused(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    assert said in problems(path)[0]


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    from zipfile import ZIP_DEFLATED, ZipFile

    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/huge.xml", b"0" * 100_000_001)
    path = tmp_path / "huge.xlsx"
    path.write_bytes(packed.getvalue())
    assert "unpacks to more than" in problems(path)[0]


def test_other_files_are_refused(tmp_path: Path) -> None:
    assert "is not known; give one of .yaml, .yml, .csv, .xlsx" in problems(tmp_path / "framework.pdf")[0]
    assert "cannot be read: No such file" in problems(tmp_path / "none.csv")[0]
