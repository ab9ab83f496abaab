from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.definitions.examples import RUBRIC, WORKFLOW, changed
from tests.support.commands import run

# A command closes its connection.
pytestmark = pytest.mark.django_db(transaction=True)

# With roles, guards and effects that this house has: the example's own belong to the tests of definitions.
SMALL = changed(WORKFLOW, "[complete]", "[self_assessment_complete]").replace(", own_ratings]", "]")
SMALL = changed(SMALL, "{on: due, then: lapse}", "{after: P30D, then: lapse}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "workflows").mkdir()
    (tmp_path / "rubrics" / "commitment.yaml").write_text(RUBRIC, encoding="utf-8")
    (tmp_path / "workflows" / "certificate.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def test_the_shipped_files_are_sound() -> None:
    command = [sys.executable, Path(settings.BASE_DIR) / "manage.py", "check_definitions"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("Files checked: ")


def test_rubrics_are_found_beside_the_workflow_that_is_named(folder: Path) -> None:
    result = run("check_definitions", "workflows/certificate.yaml", cwd=folder)
    assert (result.returncode, result.stdout) == (0, "Files checked: 1. No problems.\n")


def test_every_problem_is_printed_and_the_exit_code_is_1(folder: Path) -> None:
    path = folder / "workflows" / "certificate.yaml"
    path.write_text(SMALL.replace("to: deciding", "to: decidng").replace("as: [reviewer]", "az: [reviewer]"))
    result = run("check_definitions", "workflows", cwd=folder)
    assert result.returncode == 1
    assert result.stderr.startswith("Files checked: 1. Problems: ")
    lines = result.stdout.splitlines()
    assert "workflows/certificate.yaml:32: unknown state 'decidng'; did you mean 'deciding'?" in lines
    assert any(
        line.startswith("workflows/certificate.yaml:42: unknown key 'az' in 'not_involved'") for line in lines
    )


def test_a_rubric_with_errors_that_is_not_checked_itself_is_an_error_of_the_workflow(folder: Path) -> None:
    (folder / "rubrics" / "commitment.yaml").write_text(changed(RUBRIC, "weight: 10", "wieght: 10"))
    result = run("check_definitions", "workflows/certificate.yaml", cwd=folder)
    assert result.returncode == 1
    assert result.stdout == (
        "workflows/certificate.yaml:4: rubric 'commitment' has errors of its own; "
        "mend rubrics/commitment.yaml first\n"
    )


def test_json_is_one_document(folder: Path) -> None:
    (folder / "rubrics" / "commitment.yaml").write_text(changed(RUBRIC, "weight: 10", "weight: ten"))
    result = run("check_definitions", "rubrics", "--format", "json", cwd=folder)
    assert result.returncode == 1
    assert json.loads(result.stdout) == {
        "ok": False,
        "files": ["rubrics/commitment.yaml"],
        "problems": [
            {
                "file": "rubrics/commitment.yaml",
                "line": 14,
                "message": "'weight': give a plain number, such as 85 or 0.5",
            }
        ],
        "waiting": {"shape_only": ["rubrics/commitment.yaml"], "uncompared": []},
    }


def test_checks_that_did_not_run_are_named(folder: Path) -> None:
    rubric = folder / "rubrics" / "commitment.yaml"
    rubric.write_text(changed(RUBRIC, "weight: 10", "weight: ten"), encoding="utf-8")
    result = run("check_definitions", "rubrics", cwd=folder)
    assert result.stderr.splitlines() == [
        "Files checked: 1. Problems: 1.",
        "Only the shape of these was checked. Their meaning and the proof come when it is right, so run this"
        " again: rubrics/commitment.yaml",
    ]
    rubric.write_text(changed(RUBRIC, "maximum: 4", "maximum: 0"), encoding="utf-8")
    result = run("check_definitions", "rubrics", "--language", "ar", cwd=folder)
    assert result.stderr.splitlines()[0].startswith("عدد الملفات التي فحصت: 1.")
    assert result.stderr.splitlines()[1].startswith("لا يفحص خلو تصنيف")
    assert result.stderr.splitlines()[1].endswith("rubrics/commitment.yaml\u2069")


def test_problems_are_said_in_arabic_when_that_is_asked_for(folder: Path) -> None:
    rubric = folder / "rubrics" / "commitment.yaml"
    rubric.write_text(changed(RUBRIC, "weight: 10", "weight: ten"), encoding="utf-8")
    result = run("check_definitions", "rubrics", "--language", "ar", cwd=folder)
    place, _, said = result.stdout.partition(": ")
    assert re.fullmatch(r"rubrics/commitment.yaml:\d+", place)
    assert said == "\u2068weight\u2069: يكتب رقم عادي، مثل \u206685\u2069 أو \u20660.5\u2069\n"
    found = run("check_definitions", "rubrics", "--language", "ar", "--format", "json", cwd=folder)
    assert json.loads(found.stdout)["problems"][0]["message"] == said.strip()


def test_a_definition_is_read_from_stdin_when_a_dash_is_named(folder: Path) -> None:
    good = run("check_definitions", "-", cwd=folder, given=SMALL.encode())
    assert (good.returncode, good.stdout) == (0, "Files checked: 1. No problems.\n")
    bad = run(
        "check_definitions", "-", cwd=folder, given=SMALL.replace("to: deciding", "to: decidng").encode()
    )
    assert bad.returncode == 1
    assert "stdin:32: unknown state 'decidng'; did you mean 'deciding'?" in bad.stdout.splitlines()


def test_two_files_with_one_id_are_named(folder: Path) -> None:
    (folder / "rubrics" / "second.yaml").write_text(RUBRIC, encoding="utf-8")
    result = run("check_definitions", "rubrics", cwd=folder)
    assert result.stdout == (
        "rubrics/second.yaml:1: rubric 'commitment' is in rubrics/commitment.yaml, too; "
        "give one of them another id\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.yaml"], "no such file or folder: nowhere.yaml"),
        (["empty"], "no YAML files in empty"),
        (
            ["--format", "xml"],
            "argument --format: invalid choice: 'xml' (choose from 'text', 'json'); see --help",
        ),
        (
            ["--schema", "x"],
            "argument --schema: invalid choice: 'x' (choose from 'rubric', 'workflow'); see --help",
        ),
        (["--nothing"], "unrecognized arguments: --nothing; see --help"),
    ],
)
def test_bad_input_is_named_in_one_line(arguments: list[str], message: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("check_definitions", *arguments, cwd=tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (2, "", message + "\n")


@pytest.mark.parametrize("kind", ["rubric", "workflow"])
def test_the_schema_is_printed(kind: str) -> None:
    result = run("check_definitions", "--schema", kind)
    assert result.returncode == 0
    assert kind in json.loads(result.stdout)["required"]
