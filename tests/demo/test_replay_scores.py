"""manage.py replay_scores: a table of real scores through a whole workflow."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.models import Edition, Scheme
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.models import Organisation, User
from accreditation_engine.trail.models import Event
from tests.scoring.test_humanitarian_commitments import SCORES, needs_scores

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
WORKFLOW = str(FIXTURES / "workflows" / "humanitarian-verification.yaml")
RUBRIC = str(FIXTURES / "rubrics" / "humanitarian-commitments.yaml")
HEADING = "organization,audit_type,C1,C2,C3,C4,C5,C6,C7,C8,C9\n"
pytestmark = pytest.mark.same_on_any_database  # reads a table, and takes the steps that any file takes

GOOD = "Good Works,Benchmark,2.5,2,2.4,2.5,1.7,3.2,2,2.85,2.4\n"
ZERO = "One Zero,Benchmark,2.5,2,2.4,2.5,0,3.2,2,2.85,2.4\n"


def replay(table: Path, workflow: str = WORKFLOW, rubric: str = RUBRIC, **options: Any) -> str:
    out = StringIO()
    call_command("replay_scores", str(table), workflow=workflow, rubric=rubric, stdout=out, **options)
    return out.getvalue()


def refusal(table: Path, **definitions: str) -> str:
    """What is said of bad input, of which nothing was written down."""
    with pytest.raises(CommandError) as refused:
        replay(table, **definitions)
    assert refused.value.returncode == 2
    assert len(str(refused.value).splitlines()) == 1
    for model in (Edition, Scheme, Event, Dossier, Organisation, User):
        assert not model.objects.exists()  # type: ignore[attr-defined]
    return str(refused.value)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "scores.csv"
    path.write_text(HEADING + GOOD + ZERO, encoding="utf-8")
    return path


@needs_scores
@pytest.mark.django_db
def test_of_24_real_organisations_exactly_those_with_a_zero_are_refused() -> None:
    assert SCORES is not None
    document = json.loads(replay(SCORES, format="json"))
    files = document["files"]
    assert document["problems"] == []
    assert Counter(each["state"] for each in files) == {"certified": 20, "refused": 4}
    assert {each["organisation"] for each in files if each["state"] == "refused"} == {
        "Adra DK",
        "Caritas DK",
        "Women Support Association",
        "Adra Int",
    }
    assert len({each["stream"] for each in files}) == 24
    for each in files:
        assert list(verify_all(stream=UUID(each["stream"]))) == []
    assert Certificate.objects.count() == 20
    finn = next(each for each in files if each["organisation"] == "Finn Church Aid")
    assert (finn["percent"], finn["outcome"]) == ("43.62", "certified")  # 19.63 of 45


@pytest.mark.django_db
def test_the_outcomes_are_printed_and_a_second_replay_opens_new_files(table: Path) -> None:
    lines, year = replay(table).splitlines(), timezone.localdate().year
    assert lines[0].split() == [f"HV-{year}-0001", "47.89", "%", "certified", "Good", "Works"]
    assert lines[1].split()[3:] == ["refused", "One", "Zero"]
    assert lines[-2:] == ["1 certified, 1 refused", "2 trails verify"]
    assert replay(table).startswith(f"HV-{year}-0003")
    assert (Organisation.objects.count(), Dossier.objects.count()) == (2, 4)
    assert list(verify_all()) == []


@pytest.mark.django_db
def test_blank_lines_and_a_byte_order_mark_do_not_matter(table: Path) -> None:
    table.write_text("\ufeff\r\n" + HEADING + "\r\n,,,\r\n" + GOOD + "\n", encoding="utf-8")
    assert "1 certified" in replay(table)


BAD = {
    "no heading for a criterion": ("organization,C1\nA,2\n", "no column for c2, c3"),
    "off the scale": (HEADING + GOOD.replace("3.2", "5.2"), ":2: c6: 5.2 is off the scale"),
    "off its step": (HEADING + GOOD.replace("3.2", "3.205"), ":2: c6: 3.205"),
    "no number": (HEADING + GOOD + ZERO.replace("3.2", "good"), ":3: c6: "),
    "no rating": (HEADING + GOOD.replace("3.2", " "), ":2: no rating for c6"),
    "no organisation": (HEADING + GOOD.replace("Good Works", " "), ":2: name an organisation"),
    "a name without end": (HEADING + GOOD.replace("Good Works", "x" * 201), ":2: name an organisation"),
    "a short line": (HEADING + "Good Works,Benchmark,2.5\n", ":2: 3 cells"),
    "no rows": (HEADING, "there are no rows"),
    "blank rows": (HEADING + "\n,,,\n  \n", "there are no rows"),
    "nothing": ("", "there are no rows"),
    "a quote without end": (HEADING + '"Good Works,' + "x" * 200_000, "cannot be read"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("fault", BAD)
def test_a_bad_table_is_named_in_one_line_and_nothing_is_written(table: Path, fault: str) -> None:
    text, message = BAD[fault]
    table.write_text(text, encoding="utf-8")
    said = refusal(table)
    assert str(table) in said
    assert message in said


@pytest.mark.django_db
def test_a_table_that_is_no_text_is_refused(table: Path) -> None:
    table.write_bytes(HEADING.encode() + "جمعية".encode("cp1256") + b",x,1,1,1,1,1,1,1,1,1\n")
    assert "UTF-8" in refusal(table)
    assert "cannot be read" in refusal(table.parent)
    assert "No such file" in refusal(table.parent / "none.csv")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("definitions", "message"),
    [
        ({"workflow": "humanitarian"}, "there is no workflow 'humanitarian'"),
        ({"rubric": "none/such.yaml"}, "there is no rubric 'none/such.yaml'"),
        ({"workflow": RUBRIC}, "are not one workflow and one rubric"),
        ({"workflow": "institutional-commitment"}, "not by humanitarian-commitments alone"),
        ({"workflow": "certificate"}, "not by humanitarian-commitments alone"),
    ],
)
def test_definitions_that_do_not_fit_are_refused(
    table: Path, definitions: dict[str, str], message: str
) -> None:
    assert message in refusal(table, **definitions)


def test_the_exit_code_of_bad_input_is_2(tmp_path: Path) -> None:
    command = [sys.executable, "manage.py", "replay_scores", str(tmp_path / "none.csv")]
    done = subprocess.run(
        [*command, "--workflow", WORKFLOW, "--rubric", RUBRIC], cwd=ROOT, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.splitlines()) == 1
