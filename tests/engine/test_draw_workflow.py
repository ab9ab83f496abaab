from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accreditation_engine.engine.editions import store_workflow
from accreditation_engine.engine.shipped import read_shipped
from tests.definitions.examples import RUBRIC, WORKFLOW, changed, parsed


def drawn(*arguments: str) -> str:
    out = StringIO()
    call_command("draw_workflow", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["institutional-commitment", "certificate", "finding"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_shipped_workflow_is_drawn_by_its_id(name: str, language: str) -> None:
    root = parsed(drawn(name, "--language", language))
    assert root.get("lang") == language


def test_a_file_is_drawn_and_written(tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text(WORKFLOW, encoding="utf-8")
    assert drawn(str(tmp_path / "w.yaml"), "--output", str(tmp_path / "w.svg")) == ""
    assert parsed((tmp_path / "w.svg").read_text(encoding="utf-8")).get("direction") == "rtl"


def test_a_workflow_that_does_not_pass_its_checks_is_drawn_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text(changed(WORKFLOW, "to: in_review", "to: elsewhere"), encoding="utf-8")
    parsed(drawn(str(tmp_path / "w.yaml")))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            None,
            "no workflow, no file and no stored edition is called .*; workflows here: certificate,"
            " complaint, finding, institutional-commitment, scope-change, upkeep",
        ),
        (RUBRIC, "holds a rubric; only workflows can be drawn"),
        (
            "workflow: x\n",
            r"w\.yaml:1: missing 'edition'; add 'edition: \.\.\.' \(and 4 more; check_definitions lists them",
        ),
    ],
)
def test_what_cannot_be_drawn_is_named(text: str | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "w.yaml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=message) as caught:
        drawn(str(path))
    assert caught.value.returncode == 2


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"cannot write .*: No such file or directory") as caught:
        drawn("finding", "--output", str(tmp_path / "no" / "w.svg"))
    assert caught.value.returncode == 2


def test_a_folder_is_refused_with_the_workflows_in_it() -> None:
    with pytest.raises(
        CommandError, match=r"workflows is a folder; draw one of its workflows: .*finding\.yaml"
    ):
        drawn(str(settings.WORKFLOWS_DIR), "--language", "en")
    with pytest.raises(CommandError, match="is a folder without a workflow; give one file"):
        drawn(str(settings.RUBRICS_DIR), "--language", "en")


@pytest.mark.django_db
def test_a_stored_edition_is_drawn_when_no_file_says_so() -> None:
    checked = read_shipped()
    workflow = checked.workflows["finding"].model_copy(update={"edition": "old"})
    edition = store_workflow(workflow, checked.rubrics)
    assert drawn("finding@old") == drawn(edition.hash[:9]) == drawn("finding")
    with pytest.raises(CommandError, match=r"no edition 'new' of finding is stored here; there are: old \("):
        drawn("finding@new", "--language", "en")
