"""manage.py agreement, from a file to the figures."""

from __future__ import annotations

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[2]
COMPLETE = "a,b,c\n" + "1,2,1\n3,3,4\n2,2,2\n4,3,4\n" * 3


@pytest.fixture
def ratings(tmp_path: Path) -> Path:
    path = tmp_path / "ratings.csv"
    path.write_text(COMPLETE, encoding="utf-8")
    return path


def agreement(*arguments: Any, **options: Any) -> str:
    out = StringIO()
    call_command("agreement", *(str(each) for each in arguments), stdout=out, **options)
    return out.getvalue()


def refusal(*arguments: Any) -> str:
    with pytest.raises(CommandError) as refused:
        agreement(*arguments)
    assert refused.value.returncode == 2
    assert len(str(refused.value).splitlines()) == 1
    return str(refused.value)


def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "agreement", *arguments]
    return subprocess.run(
        command, cwd=ROOT, input=given, capture_output=True, timeout=60, check=False, encoding="utf-8"
    )


def test_json_holds_numbers_and_their_details(ratings: Path) -> None:
    found = json.loads(agreement(ratings, "--level", "interval", "--format", "json"))
    assert (found["units"], found["raters"], found["ratings"], found["complete"]) == (12, 3, 36, True)
    assert 0 < found["alpha"] < 1
    assert list(found["icc"]) == ["ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)"]
    assert found["cohens_kappa"] == {}
    detail = found["details"]["alpha"]
    assert detail["value"] == found["alpha"]
    assert (detail["units"], detail["raters"], detail["values"], detail["undefined"]) == (12, 3, 36, None)
    assert detail["interval"]["low"] < found["alpha"] < detail["interval"]["high"]
    assert detail["cautions"] == [{"code": "few_units", "units": "12"}]


def test_json_is_null_with_a_reason_where_undefined(tmp_path: Path) -> None:
    path = tmp_path / "alike.csv"
    path.write_text("a,b\n3,3\n3,3\n", encoding="utf-8")
    found = json.loads(agreement(path, "--level", "ordinal", "--format", "json"))
    assert found["alpha"] is None
    assert found["cohens_kappa"] == {"linear": None, "quadratic": None}
    assert found["details"]["icc"]["ICC(2,k)"]["undefined"] == "all_alike"


def test_the_same_seed_gives_the_same_intervals(ratings: Path) -> None:
    found = [agreement(ratings, "--level", "interval", "--seed", seed) for seed in (5, 5, 6)]
    assert found[0] == found[1] != found[2]


def test_text_reads_in_either_language(ratings: Path) -> None:
    assert "Krippendorff's alpha (interval)" in agreement(ratings, "--level", "interval")
    assert "اتساق المراجعين" in agreement(ratings, "--level", "interval", "--language", "ar")


def test_a_scale_brings_the_caution_of_a_narrow_range(ratings: Path) -> None:
    assert "small part of the scale" not in agreement(ratings, "--level", "interval", "--scale", 0, 4)
    assert "small part of the scale" in agreement(ratings, "--level", "interval", "--scale", 0, 100)


def test_bad_input_is_named_in_one_line(tmp_path: Path, ratings: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,two\n", encoding="utf-8")
    assert refusal(bad, "--level", "ordinal").startswith(f"{bad}: line 2, column 2 (b): two is not a number")
    assert "cannot be read" in refusal(tmp_path / "none.csv", "--level", "ordinal")
    assert "cannot be read" in refusal(tmp_path, "--level", "ordinal")
    assert "--level" in refusal(ratings)
    assert "invalid choice" in refusal(ratings, "--level", "cardinal")
    assert "--scale" in refusal(ratings, "--level", "ordinal", "--scale", 4, 0)
    assert "--scale" in refusal(ratings, "--level", "ordinal", "--scale", "nan", 4)
    assert "--seed" in refusal(ratings, "--level", "ordinal", "--seed=-1")


def test_every_value_that_is_wrong_is_named_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text('a,b\n1,two\n3,"2,5"\n', encoding="utf-8")
    english = refusal(bad, "--level", "ordinal")
    assert "line 2, column 2 (b): two is not a number" in english
    assert "; line 3, column 2 (b): 2,5 is not a number; write it with a point, not a comma" in english
    arabic = refusal(bad, "--level", "ordinal", "--language", "ar")
    assert (
        "السطر \u20682\u2069، العمود \u20682\u2069 (\u2068b\u2069): القيمة \u2068two\u2069 ليست رقما"
        in arabic
    )
    assert "cannot be read" not in refusal(tmp_path / "none.csv", "--level", "ordinal", "--language", "ar")


def test_the_command_ends_with_0_or_with_2_and_no_traceback() -> None:
    good = run("-", "--level", "nominal", "--format", "json", given="x,y\nyes,no\nno,no\nyes,yes\n")
    assert good.returncode == 0
    assert json.loads(good.stdout)["level"] == "nominal"
    assert not good.stderr
    bad = run("-", "--level", "ratio", given="x,y\n1,-2\n")
    assert (bad.returncode, bad.stdout) == (2, "")
    assert bad.stderr == "-: line 2, column 2 (y): -2 is below 0, which the ratio level does not have\n"


def test_what_was_taken_for_what_is_said(tmp_path: Path) -> None:
    path = tmp_path / "numbered.csv"
    path.write_text("x,a,b\n1,3,3\n2,2,3\n3,3,1\n4,0,0\n5,3,4\n", encoding="utf-8")
    english = agreement(path, "--level", "ordinal")
    assert "Raters: a, b\n" in english
    assert "Units: named by column 1 (x), which numbers them; --no-units takes it for a rater\n" in english
    arabic = agreement(path, "--level", "ordinal", "--language", "ar")
    assert "المراجعون: \u2066a\u2069، \u2066b\u2069\n" in arabic
    assert "الوحدات: يسميها العمود \u20661\u2069 (\u2066x\u2069)، فهو يرقم الأسطر" in arabic
    found = json.loads(agreement(path, "--level", "ordinal", "--format", "json"))
    assert found["rater_names"] == ["a", "b"]
    assert found["unit_columns"] == [{"column": 1, "name": "x", "why": "numbered"}]
    plain = agreement(path, "--level", "ordinal", "--no-units")
    assert "Raters: x, a, b\n" in plain
    assert "Units: no column names them; each line is one\n" in plain
    assert "Raters: x, b\n" in agreement(path, "--level", "ordinal", "--no-units", "--units", "a")


def test_without_a_scale_it_is_said_that_a_narrow_range_cannot_be_told(ratings: Path) -> None:
    said = "Whether the ratings use only a small part of the scale cannot be told without --scale MINIMUM MAXIMUM"
    assert said in agreement(ratings, "--level", "interval")
    assert said not in agreement(ratings, "--level", "interval", "--scale", 0, 4)
    assert "--scale" in agreement(ratings, "--level", "interval", "--language", "ar")
    assert json.loads(agreement(ratings, "--level", "interval", "--format", "json"))["scale"] is None
    scaled = agreement(ratings, "--level", "interval", "--format", "json", "--scale", 0, 4)
    assert json.loads(scaled)["scale"] == [0, 4]


def test_verdict_comes_with_its_reason_and_a_missing_interval_too(tmp_path: Path) -> None:
    path = tmp_path / "few.csv"
    path.write_text("a,b\n1,1\n9,9\n2,2\n4,3\n", encoding="utf-8")
    english = agreement(path, "--level", "interval")
    assert "These ratings allow tentative conclusions only: alpha is 0.9" in english
    assert "but rests on few units (4)" in english
    assert "Without a confidence interval:\n" in english
    assert "an interval takes 10 units at least, and here are 4" in english
    assert "فترة الثقة" in agreement(path, "--level", "interval", "--language", "ar")
    detail = json.loads(agreement(path, "--level", "interval", "--format", "json"))["details"]["alpha"]
    assert (detail["interval"], detail["no_interval"]) == (None, "few_units")
