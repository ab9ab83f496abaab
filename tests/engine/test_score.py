"""manage.py score, from files to the sheet."""

from __future__ import annotations

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accreditation_engine.definitions.reading import read_file
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.engine.editions import store_rubric
from tests.support.commands import run

ROOT = Path(__file__).parents[2]
SHIPPED, WIDE = "code-of-conduct", "institutional-commitment"
KEYS = [
    "rubric",
    "edition",
    "complete",
    "score",
    "percent",
    "areas",
    "outcome",
    "reasons",
    "findings",
    "unverified",
]


def criteria(rubric: str = SHIPPED) -> list[str]:
    return [each.id for each in read_file(ROOT / "rubrics" / f"{rubric}.yaml").definition.every_criterion()]  # type: ignore[union-attr]


@pytest.fixture
def ratings(tmp_path: Path) -> Path:
    """All upheld but one that is partly upheld."""
    path = tmp_path / "ratings.json"
    path.write_text(json.dumps(dict.fromkeys(criteria(), 2) | {"duty-1": 1}), encoding="utf-8")
    return path


def score(*arguments: Any, **options: Any) -> str:
    out = StringIO()
    call_command("score", *(str(each) for each in arguments), stdout=out, **options)
    return out.getvalue()


def refusal(*arguments: Any) -> str:
    with pytest.raises(CommandError) as refused:
        score(*arguments)
    assert refused.value.returncode == 2
    assert len(str(refused.value).splitlines()) == 1
    return str(refused.value)


def test_json_has_exactly_the_keys_of_the_contract(ratings: Path) -> None:
    sheet = json.loads(score(SHIPPED, ratings, "--format", "json"))
    assert list(sheet) == KEYS
    assert (sheet["rubric"], sheet["outcome"], sheet["complete"]) == (SHIPPED, "upheld", True)
    assert (sheet["score"], sheet["percent"]) == ("1.00", "50.00")
    assert sheet["areas"]["people"] == {"score": "2.00", "percent": "100.00"}
    assert sheet["findings"] == [{"criterion": "duty-1", "severity": "minor"}]


def test_what_leads_to_the_next_outcome_is_in_the_text_and_behind_a_flag_in_json(
    ratings: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "breached.json"
    bad.write_text(
        json.dumps(json.loads(ratings.read_text(encoding="utf-8")) | {"duty-1": 0}), encoding="utf-8"
    )
    way = "The shortest way to Upheld that leaves no major nonconformity: raise the ratings by 1 in all"
    assert way in score(SHIPPED, bad)
    assert "أقصر طريق إلى تصنيف «ملتزم»" in score(SHIPPED, bad, "--language", "ar")
    sheet = json.loads(score(SHIPPED, bad, "--format", "json", "--next"))
    assert list(sheet) == [*KEYS, "next"]
    assert [each["criterion"] for each in sheet["next"]["raises"]] == ["duty-1"]
    assert "There is no better outcome." in score(SHIPPED, ratings)


def test_way_to_the_next_outcome_leaves_no_major_nonconformity(tmp_path: Path) -> None:
    """Such a finding would keep the certificate back whatever the outcome is."""
    file = tmp_path / "uneven.json"
    uneven = dict.fromkeys(criteria(WIDE), 2) | {"integrity-1": 0, "transparency-1": 1}
    file.write_text(json.dumps(uneven), encoding="utf-8")
    steps = json.loads(score(WIDE, file, "--format", "json", "--next"))["next"]
    assert (steps["outcome"], steps["clear_of"]) == ("certified", ["major"])
    assert "integrity-1" in [each["criterion"] for each in steps["raises"]]
    assert "major" not in [each["severity"] for each in steps["findings"]]
    text = score(WIDE, file)
    assert "way to Certified that leaves no major nonconformity" in text
    assert "(as rated now: major nonconformity)" in text
    assert "لا يبقى معه عدم مطابقة جوهري" in score(WIDE, file, "--language", "ar")


def test_text_says_that_nothing_applies_where_nothing_does(tmp_path: Path) -> None:
    file = tmp_path / "nothing.json"
    file.write_text(json.dumps(dict.fromkeys(criteria(WIDE), "not_applicable")), encoding="utf-8")
    text = score(WIDE, file)
    assert "No criterion applies, so there is no rating to raise." in text
    assert "Outcome: none, for no criterion applies" in text
    assert "not complete" not in text
    assert "First rate" not in text
    assert "التصنيف: لا يوجد، إذ لا ينطبق أي معيار" in score(WIDE, file, "--language", "ar")
    steps = json.loads(score(WIDE, file, "--format", "json", "--next"))["next"]
    assert steps["status"] == "nothing_applicable"


def test_text_reads_in_either_language(ratings: Path) -> None:
    assert "Outcome: Upheld (upheld)" in score(SHIPPED, ratings)
    assert "التصنيف: ملتزم (upheld)" in score(SHIPPED, ratings, "--language", "ar")


def test_a_csv_gives_the_same_sheet(ratings: Path, tmp_path: Path) -> None:
    rows = json.loads(ratings.read_text(encoding="utf-8")).items()
    table = tmp_path / "ratings.txt"
    table.write_bytes(
        "\ufeffcriterion,rating\r\n".encode() + b"".join(f"{c},{r}\r\n".encode() for c, r in rows)
    )
    assert score(SHIPPED, table) == score(SHIPPED, ratings)


def test_a_rubric_is_named_by_id_or_by_path(ratings: Path) -> None:
    assert score(ROOT / "rubrics" / f"{SHIPPED}.yaml", ratings) == score(SHIPPED, ratings)


def test_growth_counts_from_the_first_assessment(tmp_path: Path) -> None:
    rubric = tmp_path / "growth.yaml"
    rubric.write_text(GROWTH, encoding="utf-8")
    first, now = tmp_path / "first.json", tmp_path / "now.json"
    first.write_text('{"a": 50}')
    now.write_text('{"a": 60}')
    alone = json.loads(score(rubric, now, "--format", "json"))
    grown = json.loads(score(rubric, now, "--first", str(first), "--format", "json"))
    assert (alone["outcome"], grown["outcome"]) == ("stays", "graduates")


GROWTH = """\
rubric: growth
edition: "1"
title: {ar: نمو, en: Growth}
source: made up for a test
scale: {minimum: 0, maximum: 100, step: 1}
areas:
  - {id: x, title: {ar: س, en: X}, criteria: [{id: a, title: {ar: ا, en: A}}]}
outcomes:
  - outcome: graduates
    title: {ar: تخرج, en: Graduates}
    when: {growth: {since: first_assessment, at_least: 20}}
  - {outcome: stays, title: {ar: بقاء, en: Stays}}
"""


def test_an_incomplete_sheet_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "some.json"
    path.write_text('{"duty-1": 2}')
    sheet = json.loads(score(SHIPPED, path, "--format", "json"))
    assert (sheet["complete"], sheet["outcome"], sheet["percent"]) == (False, None, "100.00")
    assert sheet["areas"]["people"] == {"score": None, "percent": None}


def test_bad_ratings_are_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text('{"duty-1": 3, "dutty-2": 1, "people-1": "not_applicable"}')
    assert refusal(SHIPPED, path) == (
        f"{path}: line 1: dutty-2: no such criterion in code-of-conduct 2026.1; did you mean duty-2?;"
        " line 1: duty-1: 3 is off the scale; give a number from 0 to 2 or unable_to_verify;"
        " line 1: people-1: not_applicable is not an answer here; give a number from 0 to 2 or unable_to_verify"
    )


def test_ratings_for_another_edition_are_named_with_the_line_they_stand_on(tmp_path: Path) -> None:
    table, document = tmp_path / "other.csv", tmp_path / "other.json"
    table.write_text("criterion,rating\nduty-1,2\n\nlearning-9,1\n")
    document.write_text('{"duty-1": 2,\n "learn\\u0069ng-9" : 1}')
    said = "learning-9: no such criterion in code-of-conduct 2026.1"
    assert refusal(SHIPPED, table).startswith(f"{table}: line 4: {said}")
    assert refusal(SHIPPED, document).startswith(f"{document}: line 2: {said}")


def test_of_very_many_problems_some_are_named(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("criterion,rating\n" + "".join(f"z{number},1\n" for number in range(500)))
    assert refusal(SHIPPED, path).endswith("; and 490 more")


def test_all_that_is_wrong_with_a_table_is_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("criterion,rating\nduty-1,2\nduty-1,1\n,2\npeople-1,9\nduty-2,1,1\nlearning-9,1\n")
    assert refusal(SHIPPED, path) == (
        f"{path}: line 3: duty-1 is rated twice; keep one of the ratings;"
        " line 4: a rating without a criterion;"
        " line 5: people-1: 9 is off the scale; give a number from 0 to 2 or unable_to_verify;"
        " line 6: 3 values where the header has 2;"
        " line 7: learning-9: no such criterion in code-of-conduct 2026.1"
    )


def test_refusals_are_in_arabic_when_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("criterion,rating\nduty-1,2\nduty-1,1\npeople-1,9\n")
    with pytest.raises(CommandError) as refused:
        score(SHIPPED, path, language="ar")
    said = str(refused.value)
    assert "السطر \u20683\u2069: المعيار \u2068duty-1\u2069 له درجتان" in said
    assert "السطر \u20684\u2069: \u2068people-1\u2069: الدرجة \u20689\u2069 خارج المقياس" in said


@pytest.mark.django_db
def test_a_stored_edition_is_the_rubric_when_no_file_says_so(ratings: Path, tmp_path: Path) -> None:
    rubric = read_file(ROOT / "rubrics" / f"{SHIPPED}.yaml").definition
    assert isinstance(rubric, Rubric)
    older = store_rubric(rubric.model_copy(update={"edition": "2025.9"}))
    elsewhere = store_rubric(rubric.model_copy(update={"rubric": "elsewhere"}))
    store_rubric(rubric)
    for name in (f"{SHIPPED}@2025.9", f"{SHIPPED}@{older.hash[:8]}", older.hash[:8].upper()):
        assert json.loads(score(name, ratings, "--format", "json"))["edition"] == "2025.9"
    assert json.loads(score("elsewhere", ratings, "--format", "json"))["rubric"] == "elsewhere"
    unknown = refusal(f"{SHIPPED}@1999", ratings)
    assert unknown.startswith(
        f"no edition '1999' of {SHIPPED} is stored here; there are: 2025.9 ({older.hash[:12]}),"
    )
    assert "2026.1" in unknown
    store_rubric(rubric.model_copy(update={"rubric": "elsewhere", "edition": "2025.9"}))
    assert f"elsewhere@{elsewhere.hash[:12]}" in refusal("elsewhere", ratings)
    assert refusal("ffffff", ratings).startswith(
        "there is no rubric 'ffffff', no such file and no such stored"
    )


@pytest.mark.django_db
def test_bad_files_are_refused_in_one_line(ratings: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("rubric: [\n")
    flawed = tmp_path / "flawed.yaml"
    flawed.write_text(GROWTH.replace("maximum: 100", "maximum: 0"), encoding="utf-8")
    workflow = next((ROOT / "workflows").glob("*.yaml"), None)
    assert refusal("code-of-conductt", ratings).startswith(
        "there is no rubric 'code-of-conductt', no such file and no such stored edition; did you mean"
    )
    assert refusal(tmp_path / "none.yaml", ratings).endswith(
        "none.yaml:1: cannot be read: No such file or directory"
    )
    assert refusal(broken, ratings).startswith(f"{broken}:")
    assert "'maximum' must be above the minimum" in refusal(flawed, ratings)
    assert refusal(ROOT / "rubrics", ratings).endswith("is a folder; give one file of it")
    assert refusal(SHIPPED, tmp_path).endswith("cannot be read: Is a directory")
    assert refusal(SHIPPED, tmp_path / "none.json").endswith("cannot be read: No such file or directory")
    assert workflow is None or refusal(workflow, ratings).endswith("is a workflow; give a rubric")


def test_ratings_come_from_stdin_and_the_exit_code_is_0(ratings: Path) -> None:
    command = [sys.executable, "manage.py", "score", SHIPPED, "-", "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, input=ratings.read_bytes(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["outcome"] == "upheld"


@pytest.mark.parametrize("given", [b"", b'{"duty-1": NaN}', b"\xff", b"[" * 100_000])
def test_bad_input_ends_with_2_and_one_line_on_stderr(given: bytes) -> None:
    done = run("score", SHIPPED, "-", given=given)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("-: ")
