"""PDF files: readable, and nothing in them that acts by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO, Any, BinaryIO, cast

import pikepdf

from .content import LOOKED_AT, type_of

MOST_PAGES = 2000
MOST_OBJECTS = 500_000

# A few kilobytes of Flate can unpack into gigabytes. These are limits of the whole process, to be set before its
# threads read any PDF.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=128 * 2**20,
    run_length_max_memory=128 * 2**20,
    png_max_memory=128 * 2**20,
    tiff_max_memory=128 * 2**20,
    dct_max_memory=512 * 2**20,
    parser_max_container_size=2_000_000,
    doc_max_warnings=1000,
)

ACTS = {
    "/JavaScript": "file_with_script",
    "/Launch": "file_that_launches",
    "/ImportData": "file_that_launches",
    "/SubmitForm": "file_that_launches",
}
"""Kinds of actions that are refused."""

# Names in what pikepdf writes are plain, however they were spelled (/J#61vaScript).
_SUSPICIOUS = re.compile(
    rb"/(?:JS|JavaScript|Launch|ImportData|SubmitForm|XFA|RichMedia|Movie|3D|OnInstantiate|EF)(?![A-Za-z0-9])"
)

HARMLESS_INSIDE = {
    ".xml": ("text/xml", "application/xml", "text/plain"),
    ".txt": ("text/plain",),
    ".csv": ("text/csv", "text/plain", "application/csv"),
    ".json": ("application/json", "text/plain"),
}
"""What may be attached to a PDF (invoices carry their figures so)."""

_UNREADABLE = (
    pikepdf.PdfError,
    pikepdf.DataDecodingError,
    AttributeError,
    IndexError,
    KeyError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


def flaw(file: IO[bytes], ending: str) -> str:
    """What is wrong with the PDF, as the code of a reason; "" where nothing is."""
    file.seek(0)
    try:
        with pikepdf.open(cast("BinaryIO", file), suppress_warnings=True) as pdf:
            return _flaw(pdf)
    except pikepdf.PasswordError:
        return "file_locked"
    except _UNREADABLE:
        return "file_broken"


def _flaw(pdf: pikepdf.Pdf) -> str:
    repaired = any("decod" in str(each) for each in pdf.get_warnings())
    if len(pdf.objects) > MOST_OBJECTS:
        return "file_too_complex"
    acts = next((code for each in pdf.objects for code in _acting(each)), "")
    # What cannot be unpacked or is cut short here may be whole for another reader, who then does what it says.
    if acts or repaired or pdf.get_warnings():
        return acts or "file_broken"
    pages = len(pdf.pages)
    return "file_too_many_pages" if pages > MOST_PAGES else "" if pages else "file_broken"


def _acting(thing: Any) -> Iterator[str]:
    """What one object and all that stands directly in it would do."""
    if isinstance(thing, pikepdf.Stream):
        thing = thing.stream_dict
    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Array)) and _SUSPICIOUS.search(
        thing.unparse(resolved=True)
    ):
        yield from _acts(thing)


def _acts(thing: pikepdf.Object) -> Iterator[str]:
    if isinstance(thing, pikepdf.Dictionary):
        yield from _act(thing)
    values = thing if isinstance(thing, pikepdf.Array) else [value for _name, value in thing.items()]
    for each in values:
        if isinstance(each, (pikepdf.Dictionary, pikepdf.Array)) and not each.is_indirect:
            yield from _acts(each)


def _act(entry: pikepdf.Dictionary) -> Iterator[str]:
    # A stream or a string under /JS is a program; a font that happens to be called so is neither.
    if isinstance(entry.get("/JS"), (pikepdf.String, pikepdf.Stream)) or "/JavaScript" in entry:
        yield "file_with_script"
    kind = entry.get("/S")
    if isinstance(kind, pikepdf.Name) and str(kind) in ACTS:
        yield ACTS[str(kind)]
    if "/XFA" in entry:
        yield "file_with_script"
    if str(entry.get("/Subtype")) in ("/RichMedia", "/Movie", "/3D") or "/OnInstantiate" in entry:
        yield "file_that_launches"
    if isinstance(entry.get("/EF"), pikepdf.Dictionary) and not _harmless(entry):
        yield "file_with_files"


def _harmless(spec: pikepdf.Dictionary) -> bool:
    """Whether what a file specification attaches is what it is called, and can do nothing."""
    names = [str(spec[each]) for each in ("/UF", "/F") if each in spec]
    allowed = [HARMLESS_INSIDE.get(PurePath(each).suffix.lower(), ()) for each in names]
    for _name, stream in spec["/EF"].items():
        found = type_of(stream.read_bytes()[:LOOKED_AT])
        if not allowed or not all(found in each for each in allowed):
            return False
    return True


def pages_of(file: IO[bytes]) -> int:
    """How many pages there are; 0 where it cannot be read. What was filed before files were looked into may be
    anything."""
    file.seek(0)
    try:
        with pikepdf.open(cast("BinaryIO", file), suppress_warnings=True) as pdf:
            return len(pdf.pages)
    except (pikepdf.PasswordError, *_UNREADABLE):
        return 0
