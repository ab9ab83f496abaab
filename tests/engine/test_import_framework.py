"""manage.py import_framework, from a file to a rubric that check_definitions accepts."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accreditation_engine.definitions.importing.losses import ARABIC, ENGLISH

LIBRARY = Path(__file__).parents[1] / "fixtures" / "imports" / "library.yaml"


def run(*arguments: object) -> str:
    out = StringIO()
    call_command(*(str(each) for each in arguments), stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_what_is_written_passes_check_definitions(tmp_path: Path) -> None:
    output = tmp_path / "rubric.yaml"
    said = run("import_framework", LIBRARY, "--output", output)
    assert "rubric good-work-2026 3, areas: 4, criteria: 5" in said
    assert "reference controls of requirements: 1" in said
    assert "No problems." in run("check_definitions", output)


def test_json_names_what_was_written_and_what_was_not(tmp_path: Path) -> None:
    found = json.loads(run("import_framework", LIBRARY, "--output", tmp_path / "r.yaml", "--format", "json"))
    assert (found["rubric"], found["areas"], found["criteria"]) == ("good-work-2026", 4, 5)
    assert len(found["notes"]) == len(found["losses"]) == 8
    assert {"code": "weights", "name": "heavy", "count": 1, "lines": [63]} in found["losses"]


def test_bad_input_is_refused_in_one_line_and_nothing_is_written(tmp_path: Path) -> None:
    table, output = tmp_path / "bad.csv", tmp_path / "r.yaml"
    table.write_text("area,criterion,weight\n" + "".join(f"x,c{at},=A{at}\n" for at in range(20)))
    with pytest.raises(CommandError) as refused:
        run("import_framework", table, "--output", output)
    assert (refused.value.returncode, output.exists()) == (2, False)
    assert str(refused.value).endswith("; and 10 more")


def test_a_file_that_is_there_is_kept_unless_forced(tmp_path: Path) -> None:
    output = tmp_path / "r.yaml"
    output.write_text("mine")
    with pytest.raises(CommandError, match="is there already"):
        run("import_framework", LIBRARY, "--output", output)
    assert output.read_text() == "mine"
    run("import_framework", LIBRARY, "--output", output, "--force")
    assert output.read_text(encoding="utf-8").startswith("# Imported")


def test_what_was_lost_is_said_in_arabic_when_that_is_asked_for(tmp_path: Path) -> None:
    said = run("import_framework", LIBRARY, "--output", tmp_path / "r.yaml", "--language", "ar")
    assert "ما لم ينقل، أو ما زال يحتاج إلى كتابة:" in said
    assert "الضوابط المرجعية في المتطلبات: \u20681\u2069" in said
    with pytest.raises(CommandError, match="موجود من قبل"):
        run("import_framework", LIBRARY, "--output", tmp_path / "r.yaml", "--language", "ar")


def test_what_is_wrong_is_said_in_arabic_when_that_is_asked_for(tmp_path: Path) -> None:
    table = tmp_path / "bad.csv"
    table.write_text("area,criterion,weight\nx,A,-1\n,B,=A1\n")
    with pytest.raises(CommandError) as refused:
        run("import_framework", table, "--output", tmp_path / "r.yaml", "--language", "ar")
    said = str(refused.value)
    assert f"{table}:2: الوزن \u2068-1\u2069 أقل من الصفر" in said
    assert f"{table}:3: تحت العمود \u2068weight\u2069 معادلة" in said


def test_every_loss_has_words_in_both_languages() -> None:
    assert ENGLISH.keys() == ARABIC.keys()
