from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from accreditation_engine.certificates.paper.typesetting import FONTS, TypesettingError, typeset
from tests.certificates.paper.reading import text_of

SOURCE = (
    '#let data = json(bytes(sys.inputs.data))\n#set document(title: "T")\n'
    '#set text(font: ("EB Garamond 12", "Amiri"), lang: "en")\n'
)


def template(folder: Path, source: str) -> Path:
    path = folder / "paper.typ"
    path.write_text(SOURCE + source)
    return path


def test_data_reaches_the_template_as_data(tmp_path: Path) -> None:
    path = template(tmp_path, "#data.name")
    assert text_of(typeset(path, {"name": "#panic() *x*"}, timestamp=0)) == "#panic() *x*"


def test_asset_is_read_by_name_and_neighbours_from_the_templates_folder(tmp_path: Path) -> None:
    (tmp_path / "words.typ").write_text("#let greeting = [Hello]")
    path = template(tmp_path, '#import "words.typ": greeting\n#greeting #read("name.txt")')
    assert text_of(typeset(path, {}, assets={"name.txt": "Amal"}, timestamp=0)) == "Hello Amal"


def test_file_outside_the_templates_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    inner = tmp_path / "inner"
    inner.mkdir()
    with pytest.raises(TypesettingError):
        typeset(template(inner, '#read("../secret.txt")'), {}, timestamp=0)


def test_mistake_in_a_template_is_one_error_that_says_where(tmp_path: Path) -> None:
    with pytest.raises(TypesettingError, match="nothing") as caught:
        typeset(template(tmp_path, "#nothing"), {}, timestamp=0)
    assert ":4:" in caught.value.detail


def test_template_that_is_nowhere_is_named() -> None:
    with pytest.raises(TypesettingError, match=r"absent\.typ"):
        typeset("absent.typ", {}, timestamp=0)


def test_arabic_without_an_arabic_font_is_an_error_and_no_boxes(tmp_path: Path) -> None:
    shutil.copy(FONTS / "EBGaramond12-Regular.otf", tmp_path)
    with pytest.raises(TypesettingError, match="could not be displayed"):
        typeset(template(tmp_path, "#data.name"), {"name": "شهادة"}, timestamp=0, fonts=tmp_path)


def test_folder_without_fonts_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TypesettingError, match="no fonts"):
        typeset(template(tmp_path, "x"), {}, timestamp=0, fonts=tmp_path)


def test_every_shipped_font_comes_with_its_licence() -> None:
    families = {path.stem.split("-")[0].rstrip("0123456789") for path in FONTS.glob("*.[ot]tf")}
    assert families == {path.stem.removeprefix("OFL-") for path in FONTS.glob("OFL-*.txt")}
