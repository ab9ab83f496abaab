from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from django.utils.translation import override

from accreditation_engine.certificates.paper.typesetting import FONTS, TypesettingError, typeset
from tests.certificates.paper.reading import text_of

pytestmark = pytest.mark.usefixtures("in_english")
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
    assert caught.value.words == (
        "paper.typ, line 4: nothing is called nothing here; look how it is spelt, or make it with #let"
    )
    assert "paper.typ:4:" in caught.value.detail
    with override("ar"):
        assert "السطر" in str(caught.value)
        assert "unknown variable: nothing" in str(caught.value)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("#box[ a", "a bracket, a quotation mark"),
        ("#let x =", "something is missing there: a value"),
        (
            '#text(size: "x")[a]',
            "is needed there (a length, such as 3pt) than what stands there (a text in quotes)",
        ),
        ('#image("logo.png")', "the file logo.png is not there"),
        ('#image("qr.svg")', "a picture has no words"),
        ('#set text(font: "Cairo")', "no font is called cairo"),
        ('#read("../other.txt")', "no file outside of the folder"),
        ("#data.nothing", "nothing is called nothing in what stands there"),
        ('#panic("too long")', "stops there: too long"),
        ('#rgb("#zz")', "cannot set what stands there"),
    ],
)
def test_usual_mistakes_are_said_in_both_languages(tmp_path: Path, source: str, words: str) -> None:
    (tmp_path / "qr.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
    with pytest.raises(TypesettingError) as caught:
        typeset(template(tmp_path, source), {}, timestamp=0)
    assert words in caught.value.words
    assert caught.value.words.startswith("paper.typ, line 4: ")
    assert str(tmp_path) not in caught.value.detail + str(caught.value)
    with override("ar"):
        assert not re.search("[a-z]{3,} [a-z]{3,} [a-z]{3,}", str(caught.value.words))


@pytest.mark.parametrize("content", ["#let a = 1".encode("utf-16"), "#let a = [اسم]".encode("cp1256")])
def test_a_template_that_is_not_utf_8_is_told_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "paper.typ").write_bytes(content)
    with pytest.raises(TypesettingError, match=r"paper\.typ is not written in UTF-8"):
        typeset(tmp_path / "paper.typ", {}, timestamp=0)


@pytest.mark.parametrize("asks", ['#import "beside.typ": a', '#read("beside.typ")'])
def test_a_file_beside_the_template_that_is_not_utf_8_is_an_error(tmp_path: Path, asks: str) -> None:
    (tmp_path / "beside.typ").write_bytes("#let a = [اسم]".encode("cp1256"))
    with pytest.raises(TypesettingError):
        typeset(template(tmp_path, asks), {}, timestamp=0)


def test_a_mistake_in_a_file_beside_the_template_is_found_there(tmp_path: Path) -> None:
    (tmp_path / "parts.typ").write_text("#let head(x) = {\n  missing + x\n}")
    with pytest.raises(TypesettingError, match=r"parts\.typ, line 2: nothing is called missing"):
        typeset(template(tmp_path, '#import "parts.typ": head\n#head(3)'), {}, timestamp=0)


def test_a_template_without_a_font_leaves_no_letter_out_unseen(tmp_path: Path) -> None:
    path = tmp_path / "bare.typ"
    path.write_text('#set document(title: "T")\n#let data = json(bytes(sys.inputs.data))\n#data.name')
    assert text_of(typeset(path, {"name": "Association"}, timestamp=0)) == "Association"
    with pytest.raises(TypesettingError, match=r"has the sign .?中"):
        typeset(path, {"name": "中文 Association"}, timestamp=0)


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
