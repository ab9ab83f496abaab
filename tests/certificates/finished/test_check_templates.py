"""manage.py check_templates."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.support.small import small_scheme
from tests.support.world import SHIPPED, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.CERTIFICATE_TEMPLATES = tmp_path
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("check_templates", *arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_what_is_wrong_is_said_with_its_file_and_line_in_both_languages(world: World, folder: Path) -> None:
    small_scheme(world)
    code, out, _err = run("mini")
    assert (code, out) == (0, "mini: certificate.typ makes its certificates.\n")
    (folder / "mini.typ").write_text("#let data = 1\n#box[")
    code, _out, err = run("mini")
    assert code == 1
    assert "mini.typ, line 2: a bracket" in err
    assert "unclosed delimiter" in err
    assert "السطر" in run("mini", "--language", "ar")[2]
    (said,) = json.loads(run("mini", "--format", "json")[1])
    assert (said["scheme"], said["template"]) == ("mini", "mini.typ")
    assert "line 2" in said["wrong"]


def test_all_schemes_that_certify_are_checked_and_an_unknown_one_is_named(world: World) -> None:
    code, out, _err = run()
    assert code == 0
    assert f"{SHIPPED}: certificate.typ makes its certificates." in out
    with pytest.raises(CommandError, match="There is no scheme nowhere"):
        run("nowhere")
