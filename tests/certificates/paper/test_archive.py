"""What PDF/A-3b asks for, as far as it shows from outside; Typst itself refuses what breaks its rules."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from accreditation_engine.certificates.paper.certificate import render_certificate
from accreditation_engine.certificates.paper.content import CertificateContent


@pytest.fixture
def document(content: CertificateContent) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(render_certificate(content))) as document:
        yield document


def fonts(document: pikepdf.Pdf) -> list[Any]:
    return [
        it for it in document.objects if isinstance(it, pikepdf.Dictionary) and it.get("/Type") == "/Font"
    ]


def test_metadata_claims_archival_level_and_accessibility(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "B")
        assert metadata["pdfuaid:part"] == "1"
        assert "شهادة الالتزام المؤسسي" in metadata["dc:title"]


def test_colours_have_a_profile(document: pikepdf.Pdf) -> None:
    (intent,) = document.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert intent.DestOutputProfile.N == 3


def test_tags_and_language_are_there(document: pikepdf.Pdf) -> None:
    assert document.Root.MarkInfo.Marked is True
    assert str(document.Root.Lang) == "ar-EG"
    assert str(document.Root.ViewerPreferences.Direction) == "/R2L"
    kinds = {
        str(it.S)
        for it in document.objects
        if isinstance(it, pikepdf.Dictionary) and "/S" in it and "/P" in it
    }
    assert {"/H1", "/Table", "/TH", "/TD", "/Figure", "/Link"} <= kinds


def test_pictures_have_words_in_their_stead(document: pikepdf.Pdf) -> None:
    figures = [
        it for it in document.objects if isinstance(it, pikepdf.Dictionary) and it.get("/S") == "/Figure"
    ]
    assert len(figures) == 2
    assert all("/Alt" in figure for figure in figures)


def test_every_font_is_embedded_and_readable(document: pikepdf.Pdf) -> None:
    composite = [font for font in fonts(document) if font.Subtype == "/Type0"]
    assert composite
    for font in composite:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
        assert "/ToUnicode" in font
    assert {font.Subtype for font in fonts(document)} <= {"/Type0", "/CIDFontType0", "/CIDFontType2"}


def test_nothing_in_it_runs_or_reaches_out(document: pikepdf.Pdf) -> None:
    assert not document.is_encrypted
    assert "/OpenAction" not in document.Root
    assert "/Names" not in document.Root or "/JavaScript" not in document.Root.Names


def test_date_is_the_day_of_issue(document: pikepdf.Pdf) -> None:
    assert str(document.docinfo["/CreationDate"]).startswith("D:20260305000000")
