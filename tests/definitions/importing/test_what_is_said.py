"""What an import says of a table: what it changed on the way, and what is wrong in which row of which sheet."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from accreditation_engine.definitions.importing import import_file
from accreditation_engine.definitions.importing.latin_letters import in_latin_letters
from accreditation_engine.definitions.problems import DefinitionError, Problem
from accreditation_engine.definitions.rubric import Rubric

from .test_tables import HEADER, ROW, workbook

ENGLISH = ["area", "criterion", "weight", "guidance"]


def table(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def imported(path: Path) -> tuple[Rubric, tuple[str, ...], tuple[str, ...]]:
    """The rubric, and the notes in English and in Arabic."""
    rubric, written = import_file(path, file=path.name)
    return rubric, written.in_words("en"), written.in_words("ar")


def problems(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(DefinitionError) as refused:
        import_file(path, file=path.name)
    return refused.value.problems


def test_criteria_named_twice_in_an_area_are_kept_and_named_with_their_rows(tmp_path: Path) -> None:
    text = "area,criterion,weight\nx,A policy,1\nx,B,1\nx,a  POLICY,2\ny,A policy,1\n"
    rubric, english, arabic = imported(table(tmp_path, text))
    assert [each.id for each in rubric.every_criterion()] == ["x-1", "x-2", "x-3", "y-1"]
    assert "criterion 'A policy' stands more than once in its area (all are kept): 2 (rows: 2, 4)" in english
    assert any("\u2068A policy\u2069» مكرر في مجاله" in each for each in arabic)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Integrity", "INTEGRITY "), ("Integrity", "integrity"), ("النزاهة", "النزاهه"), ("الأمن", "الامن")],
)
def test_areas_that_differ_in_spelling_only_are_merged_and_named(
    one: str, other: str, tmp_path: Path
) -> None:
    text = f"area,criterion,weight\n{one},A,1\nOther,B,1\n{other},C,1\n"
    rubric, english, arabic = imported(table(tmp_path, text))
    assert [len(each.criteria) for each in rubric.areas] == [2, 1]
    spelled = other.strip()
    assert f"area '{spelled}', written otherwise and taken for the same: 1 (rows: 4)" in english
    assert any("مكتوب بصورة أخرى" in each for each in arabic)


def test_area_is_the_same_in_one_language_and_in_both(tmp_path: Path) -> None:
    text = "area_ar,area_en,criterion\nالنزاهة,Integrity,A\n,Integrity,B\nالنزاهة,,C\nالسلامة,Integrity,D\n"
    rubric, english, _arabic = imported(table(tmp_path, text))
    assert [(each.title.ar, each.title.en, len(each.criteria)) for each in rubric.areas] == [
        ("النزاهة", "Integrity", 3),
        ("السلامة", "Integrity", 1),
    ]
    assert not any("written otherwise" in each for each in english)


def test_what_is_filled_in_is_named_with_its_rows(tmp_path: Path) -> None:
    text = "area,criterion,weight,id\nx,A,,c1\n,B,2,c1\ny,C,0.5,\n"
    rubric, english, arabic = imported(table(tmp_path, text))
    assert [each.weight for each in rubric.areas] == [3, Decimal("0.5")]
    assert {
        "criteria without a weight (1 is written): 1 (rows: 2)",
        "rows without an area (that of the row above is taken): 1 (rows: 3)",
        "areas without a weight of their own (the sum of what is in them is written): 2",
        "id 'c1' is given more than once (a number is added): 1 (rows: 3)",
    } <= set(english)
    assert {
        "معايير بلا وزن (كتب 1): \u20681\u2069 (الصفوف: \u20662\u2069)",
        "صفوف بلا مجال (أخذ مجال الصف الذي فوقها): \u20681\u2069 (الصفوف: \u20663\u2069)",
    } <= set(arabic)
    assert len(english) == len(arabic)


def test_no_area_weight_is_made_when_it_is_given(tmp_path: Path) -> None:
    text = "area,area weight,criterion\nx,,A\nx,7,B\ny,3,C\n"
    rubric, english, _arabic = imported(table(tmp_path, text))
    assert [each.weight for each in rubric.areas] == [7, 3]
    assert not any("weight of their own" in each for each in english)


def test_an_area_with_two_weights_is_refused_with_both_rows(tmp_path: Path) -> None:
    (said,) = problems(table(tmp_path, "area,area weight,criterion\nx,7,A\nX,7,B\nx,8,C\n"))
    assert str(said) == "table.csv:4: area 'x' weighs 7 in row 3 and 8 here; keep one of them"


@pytest.mark.parametrize(
    ("weight", "said"),
    [
        ("-1", "is below 0; write 0 or more"),
        ("−2", "is below 0; write 0 or more"),
        ("-١", "is below 0; write 0 or more"),
        ("NaN", "marks a number that is missing; leave the cell empty, or write one"),
        ("inf", "is infinite; write a number below 1000000000000"),
        ("99999999999999999999", "is too large; write a number below 1000000000000"),
        ("1e400", "is too large; write a number below 1000000000000"),
        ("1e2", "is written with an exponent; write 100"),
        ("0.12345678901", "has more than 10 decimals; round it"),
        ("heavy", "is no number; write for example 2 or 0.5"),
    ],
)
def test_weights_are_said_to_be_what_they_are(weight: str, said: str, tmp_path: Path) -> None:
    (problem,) = problems(table(tmp_path, f"area;criterion;weight\nx;A;{weight}\n"))
    assert str(problem) == f"table.csv:2: the weight '{weight}' {said}"
    arabic = problem.in_language("ar")
    assert arabic.startswith("table.csv:2: ")
    assert f"\u2068{weight}\u2069" in arabic
    assert "الوزن" in arabic or "القيمة" in arabic


def test_numbers_of_a_workbook_have_the_decimals_that_a_rubric_may_have(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", [ENGLISH, ["x", "A", 0.1 + 0.2, None], ["x", "B", 1 / 3, None]])
    rubric, _english, _arabic = imported(path)
    assert [each.weight for each in rubric.every_criterion()] == [Decimal("0.3"), Decimal("0.3333333333")]


def test_sheet_is_named_when_there_are_several(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", [["غلاف"]], [HEADER, ROW, ["النزاهة", "سجل", "ثقيل", None]])
    (said,) = problems(path)
    assert str(said).startswith("t.xlsx:3: sheet 'ورقة 2': the weight 'ثقيل' is no number")
    assert said.in_language("ar").startswith(
        "t.xlsx:3: الورقة \u2068ورقة 2\u2069: الوزن \u2068ثقيل\u2069 ليس رقما"
    )


def test_what_shows_only_in_the_rubric_points_into_the_source(tmp_path: Path) -> None:
    (said,) = problems(table(tmp_path, "area,criterion,weight\ny,C,1\nx,A,0\n,B,0\n"))
    assert (said.file, said.line) == ("table.csv", 3)
    assert "all criteria here weigh 0" in said.message
    (said,) = problems(workbook(tmp_path / "t.xlsx", [["a"], ENGLISH, ["x", "A", 0, None]], [["b"]]))[-1:]
    assert str(said).startswith("t.xlsx:3: sheet 'ورقة 1': ")


def test_what_shows_only_in_the_rubric_of_a_library_points_into_it(tmp_path: Path) -> None:
    path = tmp_path / "library.yaml"
    path.write_text(
        "objects:\n  framework:\n    ref_id: w\n    name: W\n    requirement_nodes:\n"
        "    - {urn: a, name: A}\n    - {urn: b, name: B, parent_urn: a, assessable: true, weight: 0}\n",
        encoding="utf-8",
    )
    assert {(each.file, each.line) for each in problems(path)} == {("library.yaml", 2), ("library.yaml", 6)}


def test_weights_of_a_library_that_no_rubric_can_have_are_named(tmp_path: Path) -> None:
    path = tmp_path / "library.yaml"
    nodes = "".join(
        f"    - {{urn: u{at}, name: N{at}, assessable: true, weight: {weight}}}\n"
        for at, weight in enumerate(("-1", "1.0e+20", ".nan", ".inf", "0.123456789012", "null", "2"))
    )
    path.write_text(
        f"objects:\n  framework:\n    ref_id: w\n    name: W\n    requirement_nodes:\n{nodes}", "utf-8"
    )
    rubric, english, _arabic = imported(path)
    assert [each.weight for each in rubric.every_criterion()] == [1, 1, 1, 1, Decimal("0.1234567890"), 1, 2]
    said = "\n".join(english)
    assert "weight '-1', which is below 0 (1 is written): 1 (lines: 6)" in said
    assert "which is too large (1 is written): 1 (lines: 7)" in said
    assert "weight '.nan', which is no number (1 is written): 1 (lines: 8)" in said
    assert "weight '.inf', which is too large (1 is written): 1 (lines: 9)" in said
    assert "which has more than 10 decimals (it is rounded): 1 (lines: 10)" in said
    assert "criteria without a weight (1 is written): 1 (lines: 11)" in said


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("النزاهة", "nzaha"),
        ("الشفافية", "shfafya"),
        ("المساءلة", "msala"),
        ("المساواة", "msawa"),
        ("تعزيز الشراكة", "taziz shraka"),
        ("الحق في الوصول إلى المعلومات", "hq fi wsul ila malumat"),
        ("مدوّنة السلوك", "mduna sluk"),
        ("ورقة ٣", "wrqa 3"),
        ("Équipe", "Equipe"),
        ("Vacuum, aardvark", "Vacuum, aardvark"),
        ("", ""),
    ],
)
def test_arabic_is_written_in_latin_letters(arabic: str, latin: str) -> None:
    assert in_latin_letters(arabic) == latin


def test_ids_of_arabic_areas_can_be_read_and_are_cut_between_words(tmp_path: Path) -> None:
    long = "الالتزام بالاتفاقيات المحلية والاستراتيجيات الوطنية والدولية والإقليمية والمحلية"
    rubric, _english, _arabic = imported(table(tmp_path, f"المجال;المعيار\nالنزاهة;أ\n{long};ب\n؟؟;ج\n"))
    assert [each.id for each in rubric.areas] == [
        "nzaha",
        "altzam-balatfaqyat-mhlya-wastratijyat-wtnya-wdulya-wiqlimya",
        "area",
    ]
    assert next(each.id for each in rubric.every_criterion()) == "nzaha-1"
