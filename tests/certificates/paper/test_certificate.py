from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from accreditation_engine.certificates.paper.certificate import certificate_data, render_certificate
from accreditation_engine.certificates.paper.content import AreaResult, CertificateContent
from accreditation_engine.certificates.paper.typesetting import Attachment
from accreditation_engine.definitions.base import Bilingual
from tests.certificates.paper.reading import boxes_of, text_of, words_of

INSIDE_THE_FRAME = 20  # millimetres from the edge of the sheet
LONG = Bilingual(
    ar=("الجمعية المصرية الخيرية لتنمية المجتمع المحلي USAID (EgyNGO 2019) بمحافظات الصعيد " * 3)[:200],
    en=("The Charitable Association for Community Development (جمعية تنمية المجتمع) in Upper Egypt " * 3)[
        :200
    ],
)
UNBREAKABLE = Bilingual(ar="م" * 200, en="W" * 200)


def pages(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


def title_of(pdf: bytes) -> str:
    with pikepdf.open(BytesIO(pdf)) as document:
        return str(document.docinfo["/Title"])


def test_text_holds_what_is_certified_in_both_languages(content: CertificateContent) -> None:
    text = text_of(render_certificate(content))
    for words in (
        "شهادة الالتزام المؤسسي",
        "Institutional Commitment Certificate",
        "جمعية بنات الغد للتنمية",
        "Girls of Tomorrow Association",
        "ICC-2026-000123",
        "الفئة الذهبية",
        "Gold",
        "5 March 2026",
        "4 March 2029",
        "Registration no. 4512/2009",
        "https://accreditation.example.org/register/ICC-2026-000123/",
        "81.25%",
    ):
        assert words in text


def test_bytes_are_the_same_when_made_again(content: CertificateContent) -> None:
    assert render_certificate(content) == render_certificate(content)


def test_bytes_are_the_same_when_made_in_several_threads_at_once(content: CertificateContent) -> None:
    with ThreadPoolExecutor(4) as threads:
        made = set(threads.map(render_certificate, [content] * 8))
    assert made == {render_certificate(content)}


@pytest.mark.parametrize("name", [LONG, UNBREAKABLE], ids=["long", "unbreakable"])
def test_page_holds_everything_when_names_are_long(content: CertificateContent, name: Bilingual) -> None:
    pdf = render_certificate(
        replace(content, holder=name, body=name, outcome=name, specimen=True, version=12)
    )
    assert pages(pdf) == 1
    for box in boxes_of(pdf):
        assert INSIDE_THE_FRAME <= box.left <= box.right <= 210 - INSIDE_THE_FRAME
        assert INSIDE_THE_FRAME <= box.top <= box.bottom <= 297 - INSIDE_THE_FRAME


def test_many_areas_with_long_names_can_be_read(content: CertificateContent) -> None:
    ar, en = "مجال طويل الاسم لقياس اتساع الجدول", "Area-of-a-long-name that measures the table"
    areas = tuple(AreaResult(Bilingual(ar=f"{ar} {it}", en=f"{en} {it}"), Decimal(90)) for it in range(12))
    pdf = render_certificate(replace(content, holder=LONG, areas=areas))
    (first, *_others) = words_of(pdf, "Area-of-a-long-name")
    assert first.right - first.left > 18  # millimetres; so wide are six points


def test_vowel_signs_do_not_reach_into_other_lines(content: CertificateContent) -> None:
    plain, vowelled = "جمعية الأمل للتنمية", "جَمْعِيَّةُ الْأَمَلِ لِلتَّنْمِيَةِ"
    apart = []
    for words in (plain, vowelled):
        pdf = render_certificate(replace(content, holder=Bilingual(ar=words, en="Hope"), areas=()))
        (above,), (beneath,) = words_of(pdf, "certify"), words_of(pdf, "Hope")
        apart.append(beneath.top - above.bottom)
    assert apart[1] > apart[0] + 3  # millimetres


@pytest.mark.parametrize("count", [0, 1, 2, 3, 12, 13, 30])
def test_page_is_one_for_any_number_of_areas(content: CertificateContent, count: int) -> None:
    areas = tuple(
        AreaResult(Bilingual(ar=f"مجال {n}", en=f"Area {n}"), Decimal(n)) for n in range(1, count + 1)
    )
    pdf = render_certificate(replace(content, areas=areas))
    assert pages(pdf) == 1
    assert all(f"Area {n}" in text_of(pdf) for n in range(1, count + 1))


@pytest.mark.parametrize("count", range(5))
def test_page_names_all_who_sign(content: CertificateContent, count: int) -> None:
    pdf = render_certificate(replace(content, signatories=content.signatories * count))
    assert pages(pdf) == 1
    assert text_of(pdf).count("Dr Salma Hassan") == count


def test_markup_in_a_name_is_printed_as_it_stands(content: CertificateContent) -> None:
    name = '#import "x" $x^2$ *bold* _it_ @ref <lab> \\ // no'
    text = text_of(render_certificate(replace(content, holder=Bilingual(ar="جمعية", en=name))))
    assert name in text


def test_direction_marks_in_a_name_do_not_reach_what_stands_around_it(content: CertificateContent) -> None:
    name = Bilingual(ar="جمعية\u202e\u2067 الغد\u2069", en="Tomorrow\u202e\nAssociation")
    assert certificate_data(replace(content, holder=name))["holder"] == {
        "ar": "جمعية الغد",
        "en": "Tomorrow Association",
    }


def test_letter_in_none_of_the_fonts_has_a_stand_in_and_the_page_says_so(content: CertificateContent) -> None:
    """A holder's names are as they were issued: nobody could mend one that a refusal names."""
    words = text_of(
        render_certificate(replace(content, holder=Bilingual(ar="جمعية 漢", en="漢 Association")))
    )
    assert "\ufffd Association" in words
    assert "none of the fonts" in words
    assert "none of the fonts" not in text_of(render_certificate(content))


def test_digits_are_arabic_indic_when_asked_for(content: CertificateContent) -> None:
    data = certificate_data(replace(content, digits="arabic-indic"))
    assert data["issued_on"] == {"ar": "\u2066٥\u2069 مارس \u2066٢٠٢٦\u2069", "en": "5 March 2026"}
    assert data["areas"][1]["ar"] == "\u2067٨٨٫٥٪\u2069"
    assert data["areas"][1]["en"] == "88.5%"


def test_statement_is_the_bodys_own_when_given(content: CertificateContent) -> None:
    own = Bilingual(ar="انضمت إلى الميثاق.", en="has joined the charter.")
    text = text_of(render_certificate(replace(content, statement=own)))
    assert "has joined the charter." in text
    assert "has met the requirements" not in text


@pytest.mark.parametrize("times", [1, 8])
def test_scope_is_printed_in_both_languages_and_the_page_stays_one(
    content: CertificateContent, times: int
) -> None:
    scope = Bilingual(ar="برامج التعليم [*] في أسوان " * times, en="Education #programmes in Aswan " * times)
    pdf = render_certificate(replace(content, scope=scope))
    text = text_of(pdf)
    assert pages(pdf) == 1
    assert text.count("نطاق الشهادة") == 1
    assert text.count("#programmes") == text.count("[*]") == times
    assert "نطاق الشهادة" not in text_of(render_certificate(content))


def test_certificate_without_an_end_says_so(content: CertificateContent) -> None:
    assert "no end date" in text_of(render_certificate(replace(content, valid_until=None)))


def test_specimen_is_marked(content: CertificateContent) -> None:
    assert "Specimen" not in title_of(render_certificate(content))
    assert title_of(render_certificate(replace(content, specimen=True))).startswith("نموذج / Specimen")


def test_a_later_version_says_that_it_replaces_those_before(content: CertificateContent) -> None:
    assert "Version" not in text_of(render_certificate(content))
    pdf = render_certificate(replace(content, version=2))
    assert "Version 2, replacing those before it" in text_of(pdf)
    assert "تحل محل ما قبلها" in text_of(pdf)
    assert "Version 2" in title_of(pdf)
    assert pages(pdf) == 1


def test_template_of_the_body_comes_before_the_shipped_one(
    content: CertificateContent, tmp_path: Path
) -> None:
    (tmp_path / "certificate.typ").write_text(
        "#let data = json(bytes(sys.inputs.data))\n#set document(title: data.number)\n"
        '#set text(font: "EB Garamond 12")\nOur own paper: #data.number'
    )
    own = render_certificate(content, folders=[tmp_path])
    assert text_of(own) == "Our own paper: ICC-2026-000123"
    (tmp_path / "certificate.typ").unlink()
    assert render_certificate(content, folders=[tmp_path]) == render_certificate(content)


def test_attachment_is_carried_inside(content: CertificateContent) -> None:
    credential = Attachment("credential.json", b'{"a": 1}', "application/ld+json", "The same as a credential")
    pdf = render_certificate(content, attachments=[credential])
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.attachments["credential.json"].get_file().read_bytes() == credential.content
        assert len(document.Root.AF) == 1
    assert pages(pdf) == 1


def test_content_is_refused_when_it_ends_before_it_begins(content: CertificateContent) -> None:
    with pytest.raises(ValueError, match="before issued_on"):
        replace(content, valid_until=date(2026, 3, 4))


def test_content_is_refused_with_five_signatories(content: CertificateContent) -> None:
    with pytest.raises(ValueError, match="4 signatories"):
        replace(content, signatories=content.signatories * 5)


def test_area_is_refused_beyond_a_hundred_percent() -> None:
    with pytest.raises(ValueError, match="0 to 100"):
        AreaResult(Bilingual(ar="أ", en="A"), Decimal("100.1"))
