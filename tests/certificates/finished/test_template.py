"""A body's own templates: one for each scheme, one for all others, and none that makes something else of it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from accreditation_engine.certificates.finished.finishing import finish
from accreditation_engine.certificates.finished.keeping import file_of
from accreditation_engine.certificates.finished.specimen import SAMPLES, certified_by, specimen
from accreditation_engine.certificates.finished.template import template_of
from accreditation_engine.certificates.models import Certificate, Paper
from accreditation_engine.certificates.paper.typesetting import TypesettingError, typeset
from accreditation_engine.certificates.scope import set_scopes
from accreditation_engine.dossiers.scope import Scope
from accreditation_engine.engine.compiled import compiled
from tests.certificates.paper.reading import text_of

OWN = """\
#let data = json(bytes(sys.inputs.data))
#set document(title: data.number)
#set text(font: "EB Garamond 12")
Our own paper: #data.number
"""


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.CERTIFICATE_TEMPLATES = tmp_path / "templates"
    settings.CERTIFICATE_TEMPLATES.mkdir()
    return tmp_path / "templates"


def test_the_schemes_own_template_comes_before_that_for_all_and_the_shipped_one(folder: Path) -> None:
    assert not template_of("mini").own
    (folder / "certificate.typ").write_text(OWN)
    (folder / "mini.typ").write_text(OWN)
    assert template_of("mini").path.name == "mini.typ"
    assert template_of("other").path.name == "certificate.typ"


def test_an_unchanged_copy_of_the_shipped_template_makes_specimens(
    certificate: Certificate, folder: Path
) -> None:
    shipped = template_of("mini").path.read_text()
    (folder / "mini.typ").write_text("\ufeff" + shipped)
    for sample in SAMPLES:
        assert specimen(compiled(certificate.dossier.edition_id), sample)


def test_what_bears_the_name_of_a_template_and_is_none_is_not_passed_over(folder: Path) -> None:
    (folder / "other.typ").symlink_to(folder / "nowhere.typ")
    (folder / "mini.typ").mkdir()
    for scheme in ("mini", "other"):
        with pytest.raises(TypesettingError, match=f"no template .*{scheme}.typ"):
            typeset(template_of(scheme).path, {}, timestamp=0)


def test_paper_is_set_with_the_schemes_own_template(certificate: Certificate, folder: Path) -> None:
    (folder / "mini.typ").write_text(OWN)
    file = file_of(finish(certificate))
    assert f"Our own paper: {certificate.number}" in text_of(file)
    with pikepdf.open(BytesIO(file)) as pdf:
        assert list(pdf.attachments) == ["credential.json"]


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("#let x = \n#data.nothing", "expected expression"),
        (OWN.replace("#data.number\n", "no number\n"), "does not bear the number"),
        ('#import "@preview/tablex:0.0.8": *\n' + OWN, "copy what it needs"),
    ],
)
def test_no_paper_is_made_with_a_template_that_is_wrong(
    certificate: Certificate, folder: Path, template: str, said: str
) -> None:
    (folder / "mini.typ").write_text(template)
    with pytest.raises(TypesettingError, match=said):
        finish(certificate)
    assert not Paper.objects.exists()


def test_specimen_of_every_sample_is_one_page_that_says_so(certificate: Certificate, folder: Path) -> None:
    scheme = compiled(certificate.dossier.edition_id)
    pages = {each: specimen(scheme, each) for each in SAMPLES}
    for page in pages.values():
        with pikepdf.open(BytesIO(page)) as pdf, pdf.open_metadata() as metadata:
            assert len(pdf.pages) == 1
            assert "Specimen" in str(metadata["dc:title"])
    assert "no end date" in text_of(pages["long"])
    assert certified_by(compiled(certificate.edition_id)) is None
    assert Certificate.objects.count() == 1


def test_template_that_leaves_the_scope_out_makes_no_paper_of_a_certificate_that_has_one(
    certificate: Certificate, folder: Path
) -> None:
    scope = Scope("برامج التعليم", "Education programmes")
    set_scopes({certificate.pk: scope}, [certificate])
    (folder / "mini.typ").write_text(OWN)
    with pytest.raises(TypesettingError, match="does not bear the scope"):
        finish(certificate)
    (folder / "mini.typ").write_text(f"{OWN}#data.scope.en")
    assert "Education programmes" in text_of(file_of(finish(certificate)))
