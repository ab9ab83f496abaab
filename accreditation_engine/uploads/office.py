"""Word, Excel and PowerPoint files: a zip of parts that may hold programs."""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import IO

from .xml_parts import xml_flaws
from .zipped import CHUNK, PROGRAMS, Budget, chunks_of, zip_flaw

DEEPEST = 2
CONTENT_TYPES, LONGEST_CONTENT_TYPES = "[Content_Types].xml", 2**20

MAIN = {
    ".docx": "wordprocessingml.document.main+xml",
    ".xlsx": "spreadsheetml.sheet.main+xml",
    ".pptx": "presentationml.presentation.main+xml",
}
"""What the list of contents says that the file is."""

MACROS = ("vbaproject.bin", "vbadata.xml", "/macrosheets/", "/activex/", "/ctrlprops/activex")
_TEXTS = {".xml", ".rels", ".vml", ".txt", ".json", ".psmdcp"}
PICTURES = {
    ".png",
    ".jpg",
    ".jpeg",
    ".jpe",
    ".jfif",
    ".gif",
    ".bmp",
    ".tif",
    ".tiff",
    ".svg",
    ".wdp",
    ".webp",
    ".emf",
    ".wmf",
    ".emz",
    ".wmz",
}
FONTS = {".fntdata", ".odttf", ".ttf", ".otf"}
RECORDINGS = {".mp3", ".mp4", ".m4a", ".m4v", ".mov", ".wav", ".wma", ".wmv", ".avi"}
HARMLESS = _TEXTS | PICTURES | FONTS | RECORDINGS | set(MAIN)
"""Endings of parts; whatever else is embedded is refused."""

BINARY_IN = ("printersettings/", "customproperty")
"""Where parts that end in .bin are settings, not programs."""


OPENED_ALONG = ("/attachedtemplate", "/oleobject", "/frame", "/subdocument")
"""Ends of the names of relations whose other end is opened along with the file."""

_ELSEWHERE = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+:|[\\/]{2}|file:(?!///[a-z/])|file:////", re.IGNORECASE)
"""How the address of another machine begins, unlike that of a folder of one's own."""


def flaw(file: IO[bytes], ending: str) -> str:
    """What is wrong with the Office file, as the code of a reason; "" where nothing is."""
    return _flaw(file, ending, Budget(), depth=0)


def _flaw(file: IO[bytes], ending: str, budget: Budget, depth: int) -> str:
    if depth > DEEPEST:
        return "file_unpacks_too_large"
    return zip_flaw(file, budget, lambda archive: _flaws(archive, ending, budget, depth))


def _flaws(archive: zipfile.ZipFile, ending: str, budget: Budget, depth: int) -> Iterator[str]:
    names = archive.namelist()
    if any(mark in f"/{name}".lower() for name in names for mark in MACROS):
        yield "file_with_macros"
    if any(not _harmless(each) for each in names):
        yield "file_with_files"
    if CONTENT_TYPES not in names:
        yield "file_disguised"
        return
    with archive.open(CONTENT_TYPES) as listed:
        contents = _text(listed.read(LONGEST_CONTENT_TYPES))
    if "macroenabled" in contents.lower():
        yield "file_with_macros"
    if MAIN[ending] not in contents:
        yield "file_disguised"
    for each in archive.infolist():
        yield from _part(archive, each, budget, depth)


def _harmless(name: str) -> bool:
    lower = name.lower()
    if lower.endswith("/") or lower == "_rels/.rels":
        return True
    if lower.endswith(".bin"):
        return any(each in lower for each in BINARY_IN)
    return PurePath(lower).suffix in HARMLESS


def _part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, budget: Budget, depth: int) -> Iterator[str]:
    ending = PurePath(part.filename.lower()).suffix
    with archive.open(part) as stream:
        if ending == ".rels":
            yield from xml_flaws(stream, _relation)
            return
        beginning = stream.read(CHUNK)
        if beginning.startswith(PROGRAMS):
            yield "file_with_files"
        if ending not in MAIN:
            for _rest in chunks_of(stream):
                pass
            return
        with tempfile.TemporaryFile() as copy:
            copy.write(beginning)
            shutil.copyfileobj(stream, copy, CHUNK)
            yield from filter(None, [_flaw(copy, ending, budget, depth + 1)])


def _relation(_name: str, attributes: Mapping[str, str]) -> Iterator[str]:
    kind, target = attributes.get("Type", "").lower(), attributes.get("Target", "").strip()
    if kind.endswith(OPENED_ALONG) and _ELSEWHERE.match(target):
        yield "file_that_launches"


def _text(listed: bytes) -> str:
    return listed.decode("utf-16" if listed[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", errors="replace")
