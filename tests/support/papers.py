"""Small files that are what they are called, to send in tests."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from functools import lru_cache

import openpyxl
from PIL import Image


def pdf(text: str | bytes = "") -> bytes:
    """One empty page; `text` stands in it as a remark, as it is, so that what is stored can be searched for it."""
    said = text.encode() if isinstance(text, str) else text
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(said), said),
    ]
    return made_of(parts)


def made_of(parts: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    whole, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, part in enumerate(parts, start=1):
        places.append(len(whole))
        whole += b"%d 0 obj%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % each for each in places)
    rest = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(whole) + rest % (len(parts) + 1, table, len(parts) + 1, trailer, len(whole))


@lru_cache(maxsize=64)
def picture(kind: str = "JPEG", shade: int = 0, size: tuple[int, int] = (2, 2)) -> bytes:
    """Of one colour; kind is JPEG, PNG or WEBP, and `shade` tells several apart."""
    file = io.BytesIO()
    Image.new("RGB", size, (shade % 256, 0, 0)).save(file, kind)
    return file.getvalue()


MAIN_PARTS = {
    ".docx": ("word/document.xml", "wordprocessingml.document.main+xml"),
    ".pptx": ("ppt/presentation.xml", "presentationml.presentation.main+xml"),
    ".xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
}


def office(ending: str, more: Mapping[str, bytes] = {}, contents: str = "") -> bytes:
    """A Word, Excel or PowerPoint file of the parts that make it one, and `more`; `contents` is added to
    what the list of its contents says."""
    name, kind = MAIN_PARTS[ending]
    listed = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{name}"'
        f' ContentType="application/vnd.openxmlformats-officedocument.{kind}"/>{contents}</Types>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, part in {"[Content_Types].xml": listed.encode(), name: b"<x/>", **more}.items():
            archive.writestr(each, part)
    return file.getvalue()


def opendocument(ending: str, more: Mapping[str, bytes] = {}) -> bytes:
    """An OpenDocument file of the parts that make it one, and `more`, of which some may take their place."""
    parts = {
        "content.xml": b'<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
        "META-INF/manifest.xml": b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        "Thumbnails/thumbnail.png": picture("PNG"),
        "Configurations2/": b"",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", OPEN_DOCUMENTS[ending], zipfile.ZIP_STORED)
        for each, part in {**parts, **more}.items():
            archive.writestr(each, part)
    return file.getvalue()


OPEN_DOCUMENTS = {
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
}


def photograph(more: bytes = b"") -> bytes:
    """The boxes of a photograph as a telephone keeps it, without what could be decoded."""
    boxes = [(b"ftyp", b"heic\0\0\0\0mif1heic"), (b"meta", bytes(60)), (b"mdat", b"light")]
    return b"".join(struct.pack(">L", 8 + len(each)) + name + each for name, each in boxes) + more


def workbook() -> bytes:
    """As a spreadsheet program would write it."""
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


EVERY_KIND = {
    ".pdf": pdf("every kind"),
    ".png": picture("PNG"),
    ".jpg": picture(),
    ".jpeg": picture(),
    ".webp": picture("WEBP"),
    ".docx": office(".docx"),
    ".xlsx": workbook(),
    ".pptx": office(".pptx"),
    ".odt": opendocument(".odt"),
    ".ods": opendocument(".ods"),
    ".odp": opendocument(".odp"),
    ".heic": photograph(),
    ".heif": photograph(),
}
"""One file for each ending that is taken."""
