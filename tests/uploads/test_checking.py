"""Files that lie about what they are, hold what acts by itself, or unpack into more than anybody wants."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from accreditation_engine.uploads import pdf as pdf_files
from accreditation_engine.uploads import zipped
from accreditation_engine.uploads.checking import bad_upload
from accreditation_engine.uploads.words import FILE_REASONS
from tests.support.papers import EVERY_KIND, made_of, office, opendocument, pdf, photograph, picture, workbook

PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]%s>>"
PLAIN = b"<</Type/Catalog/Pages 2 0 R>>"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(48) + b"PE\0\0" + bytes(200)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def refused(name: str, content: bytes) -> str:
    """The code of the one reason, "" where it is taken; each has words in both languages that name the file."""
    reasons = bad_upload(SimpleUploadedFile(name, content))
    assert len(reasons) <= 1
    for reason in reasons:
        assert reason.code in FILE_REASONS
        for language in ("ar", "en"):
            with translation.override(language):
                assert name in str(reason)
    return reasons[0].code if reasons else ""


def catalogue(entries: bytes, *more: bytes) -> bytes:
    return made_of([b"<</Type/Catalog/Pages 2 0 R%s>>" % entries, PAGES, PAGE % b"", *more])


def attached(name: bytes, content: bytes) -> bytes:
    stream = b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)
    spec = b"<</Type/Filespec/F(%s)/UF(%s)/EF<</F 5 0 R>>>>" % (name, name)
    return catalogue(b"/Names<</EmbeddedFiles<</Names[(a)4 0 R]>>>>", spec, stream)


def packed(content: bytes) -> bytes:
    """The same PDF as writers pack it: objects inside compressed streams."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        opened.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return file.getvalue()


def packed_far(action: bytes, *, blanks: int) -> bytes:
    """A PDF whose fourth object, the action when it is opened, lies in a stream that unpacks into many blanks."""
    whole, places = bytearray(b"%PDF-1.7\n"), []
    held = zlib.compress(b"4 0 " + b" " * blanks + action)
    stream = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (
        len(held),
        held,
    )
    first = b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>"
    for number, part in ((1, first), (2, PAGES), (3, PAGE % b""), (5, stream)):
        places.append(len(whole))
        whole += b"%d 0 obj%s\nendobj\n" % (number, part)
    *plain, packed_at = places
    rows = [(0, 0, 65535), *((1, at, 0) for at in plain), (2, 5, 0), (1, packed_at, 0), (1, len(whole), 0)]
    table = b"".join(struct.pack(">BIH", *each) for each in rows)
    head = b"<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d>>" % len(table)
    return bytes(whole) + b"6 0 obj%sstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % (
        head,
        table,
        len(whole),
    )


@pytest.mark.parametrize("ending", EVERY_KIND)
def test_a_file_is_taken_when_it_is_what_it_is_called(ending: str) -> None:
    assert refused(f"شاهد{ending.upper()}", EVERY_KIND[ending]) == ""


@pytest.mark.parametrize("ending", EVERY_KIND)
def test_a_file_is_refused_when_it_is_something_else(ending: str) -> None:
    assert refused(f"policy{ending}", PROGRAM) in ("file_disguised", "file_broken")
    assert refused(f"policy{ending}", SVG) == "file_disguised"
    assert refused(f"policy{ending}", b"") == "file_empty"
    assert refused(f"policy{ending}", EVERY_KIND[ending][:40]) in ("file_disguised", "file_broken")


@pytest.mark.parametrize("name", ["run.exe", "page.html", "image.svg", "policy", ".pdf", "policy.pdf.exe"])
def test_a_file_is_refused_when_its_kind_is_not_taken(name: str) -> None:
    assert refused(name, pdf()) == "file_kind"


SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
ACTING = {
    "script when opened": (catalogue(b"/OpenAction" + SCRIPT), "file_with_script"),
    "script by another spelling": (
        catalogue(b"/OpenAction<</S/J#61vaScript/J#53(x)>>"),
        "file_with_script",
    ),
    "script in a stream": (
        catalogue(b"/OpenAction<</S/JavaScript/JS 4 0 R>>", b"<</Length 1>>stream\nx\nendstream"),
        "file_with_script",
    ),
    "script by name": (catalogue(b"/Names<</JavaScript<</Names[(a)4 0 R]>>>>", SCRIPT), "file_with_script"),
    "script at a page": (made_of([PLAIN, PAGES, PAGE % (b"/AA<</O" + SCRIPT + b">>")]), "file_with_script"),
    "a form that computes": (catalogue(b"/AcroForm<</Fields[]/XFA(x)>>"), "file_with_script"),
    "a program to start": (
        made_of([PLAIN, PAGES, PAGE % b"/Annots[<</Subtype/Link/A<</S/Launch/F(cmd.exe)>>>>]"]),
        "file_that_launches",
    ),
    "a body in space, which runs a script": (
        catalogue(
            b"/Body 4 0 R",
            b"<</Type/3D/Subtype/U3D/OnInstantiate 5 0 R/Length 1>>stream\nx\nendstream",
            b"<</Length 1>>stream\nx\nendstream",
        ),
        "file_that_launches",
    ),
    "a program inside": (attached(b"a.exe", PROGRAM), "file_with_files"),
    "a program inside that is called a text": (attached(b"a.txt", PROGRAM), "file_with_files"),
}


@pytest.mark.parametrize(("content", "code"), ACTING.values(), ids=ACTING)
def test_a_pdf_is_refused_when_it_acts_by_itself(content: bytes, code: str) -> None:
    assert refused("policy.pdf", content) == code
    assert refused("policy.pdf", packed(content)) == code


def test_a_pdf_is_taken_when_it_only_speaks_of_such_things() -> None:
    font = b"/Resources<</Font<</JS<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    assert refused("policy.pdf", made_of([PLAIN, PAGES, PAGE % font])) == ""
    assert refused("policy.pdf", catalogue(b"/Title(/S /JavaScript /Launch)")) == ""
    assert refused("invoice.pdf", attached(b"invoice.xml", b"<?xml version='1.0'?><sum>1</sum>")) == ""


def test_a_pdf_is_refused_when_nobody_can_read_it() -> None:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as opened:
        opened.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert refused("policy.pdf", file.getvalue()) == "file_locked"
    assert refused("policy.pdf", b"%PDF-1.7 invented") == "file_broken"
    empty = made_of([PLAIN, b"<</Type/Pages/Kids[]/Count 0>>"])
    assert refused("policy.pdf", empty) == "file_broken"


def test_a_pdf_is_refused_when_something_in_it_is_hidden_from_the_check() -> None:
    """A reader with more patience would unpack it, or overlook the fault, and act."""
    deep = b"<<" + b"/A<<" * 600 + b"/S/JavaScript/JS(x)" + b">>" * 600 + b">>"
    assert refused("policy.pdf", catalogue(b"/OpenAction 4 0 R", deep)) == "file_broken"
    before = pikepdf.settings.set_qpdf_limits(flate_max_memory=10_000)
    try:
        assert refused("policy.pdf", packed_far(SCRIPT, blanks=20_000)) == "file_broken"
        assert refused("policy.pdf", packed_far(SCRIPT, blanks=10)) == "file_with_script"
    finally:
        pikepdf.settings.set_qpdf_limits(**before)
    twice = b"<</OpenAction<</S/JavaScript/JS(x)>>/OpenAction null>>"
    assert refused("policy.pdf", catalogue(b"", twice)) in ("file_broken", "file_with_script")


def test_a_pdf_is_refused_when_it_has_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_files, "MOST_PAGES", 1)
    two = made_of([PLAIN, b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>", PAGE % b"", PAGE % b""])
    assert refused("policy.pdf", pdf()) == ""
    assert refused("policy.pdf", two) == "file_too_many_pages"


@given(st.integers(0, len(pdf()) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_pdf_is_taken_or_refused_and_never_a_fault(at: int, other: bytes) -> None:
    content = pdf()
    refused("policy.pdf", content[:at] + other + content[at + len(other) :])


def test_an_office_file_is_refused_when_it_is_a_bomb() -> None:
    bomb = office(".docx", {"word/media/image1.png": bytes(30_000_000)})
    assert len(bomb) < 50_000
    assert refused("minutes.docx", bomb) == "file_unpacks_too_large"
    inside = office(".docx", {"word/embeddings/a.docx": bomb})
    assert refused("minutes.docx", inside) == "file_unpacks_too_large"


def test_an_office_file_is_refused_when_it_has_too_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "MOST_PARTS", 3)
    assert refused("a.docx", office(".docx", {"a.xml": b"a"})) == ""
    assert refused("a.docx", office(".docx", {"a.xml": b"a", "b.xml": b"b"})) == "file_unpacks_too_large"


MACROS = '<Override PartName="/x" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'


def test_an_office_file_is_refused_when_it_holds_macros_or_other_files() -> None:
    assert refused("a.docx", office(".docx", {"word/vbaProject.bin": b"x"})) == "file_with_macros"
    assert refused("a.xlsx", office(".xlsx", {"xl/macrosheets/sheet1.xml": b"x"})) == "file_with_macros"
    assert refused("a.docx", office(".docx", contents=MACROS)) == "file_with_macros"
    assert refused("a.docx", office(".docx", {"word/embeddings/oleObject1.bin": b"x"})) == "file_with_files"
    assert refused("a.pptx", office(".pptx", {"ppt/media/film.mp4": PROGRAM})) == "file_with_files"
    inside = office(".xlsx", {"xl/vbaProject.bin": b"x"})
    assert refused("a.docx", office(".docx", {"word/embeddings/a.xlsx": inside})) == "file_with_macros"


def relation(kind: str, target: str) -> dict[str, bytes]:
    one = f'<Relationship Type="http://a/{kind}" Target="{target}" TargetMode="External"/>'
    said = f"<Relationships>{one}</Relationships>"
    return {"word/_rels/settings.xml.rels": said.encode()}


@pytest.mark.parametrize(
    ("kind", "target", "code"),
    [
        ("attachedTemplate", "https://evil.org/a.dotm", "file_that_launches"),
        ("attachedTemplate", "&#104;ttp://evil.org/a.dotm", "file_that_launches"),
        ("attachedTemplate", "\\\\evil.org\\a.dotm", "file_that_launches"),
        ("attachedTemplate", "file://evil.org/a.dotm", "file_that_launches"),
        ("oleObject", "mhtml:https://evil.org/a", "file_that_launches"),
        ("attachedTemplate", "file:///C:\\Templates\\letter.dotx", ""),
        ("hyperlink", "https://example.org/", ""),
    ],
)
def test_an_office_file_is_refused_when_opening_it_opens_another(kind: str, target: str, code: str) -> None:
    assert refused("a.docx", office(".docx", relation(kind, target))) == code


def test_an_office_file_is_taken_with_what_such_files_hold() -> None:
    more = {"word/embeddings/chart.xlsx": workbook(), "word/media/a.png": picture("PNG"), "word/": b""}
    assert refused("a.docx", office(".docx", more)) == ""
    assert refused("a.xlsx", office(".xlsx", {"xl/printerSettings/printerSettings1.bin": b"x"})) == ""


def test_an_office_file_is_refused_when_it_is_of_another_kind_or_damaged() -> None:
    assert refused("a.xlsx", office(".docx")) == "file_disguised"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "x")
    assert refused("a.docx", file.getvalue()) == "file_disguised"
    stored = office(".docx", {"word/media/a.png": picture("PNG")})
    at = stored.index(b"<x/>") if b"<x/>" in stored else len(stored) // 2
    assert refused("a.docx", stored[: at - 30] + b"\xff" * 30 + stored[at:]) == "file_broken"


def xml(inside: str) -> dict[str, bytes]:
    spaces = (
        "xmlns:s='urn:oasis:names:tc:opendocument:xmlns:script:1.0' xmlns:x='http://www.w3.org/1999/xlink'"
    )
    return {"content.xml": f"<doc {spaces}>{inside}</doc>".encode()}


NOT_OPEN = {
    "a macro": ({"Basic/Standard/Module1.xml": b"<x/>"}, "file_with_macros"),
    "what runs one, by another prefix": (xml("<s:event-listener/>"), "file_with_macros"),
    "what runs one, spelt otherwise": (xml("<a x:href='&#118;nd.sun.star.script:a'/>"), "file_with_macros"),
    "a program inside": ({"Pictures/a.png": PROGRAM}, "file_with_files"),
    "an object inside": ({"Object 1": b"x"}, "file_with_files"),
    "a bomb": ({"Pictures/a.png": bytes(30_000_000)}, "file_unpacks_too_large"),
    "a bomb of entities": (
        {"content.xml": b"<!DOCTYPE a [<!ENTITY b 'b'><!ENTITY c '&b;&b;'>]><a>&c;</a>"},
        "file_broken",
    ),
    "no text": ({"content.xml": b"<x"}, "file_broken"),
}


@pytest.mark.parametrize(("more", "code"), NOT_OPEN.values(), ids=NOT_OPEN)
def test_an_open_document_is_refused_when_it_may_do_harm(more: dict[str, bytes], code: str) -> None:
    assert refused("a.odt", opendocument(".odt", more)) == code


def test_an_open_document_is_taken_when_it_only_speaks_of_such_things() -> None:
    inside = xml("<a x:href='https://example.org/' title='service: macro: event-listener'>Basic/</a>")
    assert refused("a.odt", opendocument(".odt", {**inside, "ObjectReplacements/Object 1": b"x"})) == ""
    assert refused("a.ods", opendocument(".odt")) == "file_disguised"


def test_a_zip_is_refused_when_readers_could_see_different_things_in_it() -> None:
    whole = office(".docx")
    assert refused("a.docx", b"\x07 something first" + whole) == "file_disguised"
    assert refused("a.docx", office(".docx", {"Word/Document.xml": b"<other/>"})) == "file_broken"


def test_a_photograph_is_refused_when_something_else_hangs_on_it() -> None:
    assert refused("a.heic", photograph(PROGRAM)) == "file_broken"
    assert refused("a.heic", photograph()[:-2]) == "file_broken"


def test_a_picture_is_refused_when_it_unpacks_into_too_many_pixels() -> None:
    assert refused("map.png", picture("PNG", size=(9000, 8000))) == "file_too_many_pixels"
    assert refused("map.png", picture("PNG", size=(12000, 9000))) == "file_too_many_pixels"


def test_a_picture_is_refused_when_it_was_not_copied_whole() -> None:
    whole = picture("PNG", size=(300, 300))
    assert refused("map.png", whole) == ""
    assert refused("map.png", whole[: len(whole) // 2]) == "file_broken"


def test_a_file_is_refused_when_it_is_too_large(settings: Settings) -> None:
    settings.EVIDENCE_MAX_BYTES = 2**20
    assert refused("policy.pdf", pdf().ljust(2**20 + 1)) == "file_too_large"
    assert refused("policy.pdf", pdf().ljust(2**20)) == ""
