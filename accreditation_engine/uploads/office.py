"""Word, Excel and PowerPoint files: a zip of parts, which may be a bomb or hold programs."""

from __future__ import annotations

import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

MOST_PARTS = 10_000
MOST_UNPACKED = 300 * 2**20
"""Bytes of all parts together, also of Office files inside this one."""

SUSPICIOUS_FROM, MOST_TIMES = 20 * 2**20, 200
"""What unpacks into more than this may not have been packed so many times smaller."""

DEEPEST = 2
DIRECTORY_MOST = 4 * 2**20
CHUNK = 64 * 1024
CONTENT_TYPES, LONGEST_CONTENT_TYPES = "[Content_Types].xml", 2**20

MAIN = {
    ".docx": "wordprocessingml.document.main+xml",
    ".xlsx": "spreadsheetml.sheet.main+xml",
    ".pptx": "presentationml.presentation.main+xml",
}
"""What the list of contents says that the file is."""

MACROS = ("vbaproject.bin", "vbadata.xml", "/macrosheets/", "/activex/", "/ctrlprops/activex")
_TEXTS = {".xml", ".rels", ".vml", ".txt", ".json", ".psmdcp"}
_PICTURES = {
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
}
_DRAWINGS = {".emf", ".wmf", ".emz", ".wmz"}
_FONTS = {".fntdata", ".odttf", ".ttf"}
_RECORDINGS = {".mp3", ".mp4", ".m4a", ".m4v", ".mov", ".wav", ".wma", ".wmv", ".avi"}
HARMLESS = _TEXTS | _PICTURES | _DRAWINGS | _FONTS | _RECORDINGS | set(MAIN)
"""Endings of parts; whatever else is embedded is refused."""

BINARY_IN = ("printersettings/", "customproperty")
"""Where parts that end in .bin are settings, not programs."""

PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xd0\xcf\x11\xe0")
"""How programs begin, and the older Office files, in which macros hide."""


@dataclass
class Budget:
    """How many parts and bytes are left, over all depths."""

    parts: int = MOST_PARTS
    bytes: int = MOST_UNPACKED


def flaw(file: IO[bytes], ending: str) -> str:
    """What is wrong with the Office file, as the code of a reason; "" where nothing is."""
    return _flaw(file, ending, Budget(), depth=0)


def _flaw(file: IO[bytes], ending: str, budget: Budget, depth: int) -> str:
    if depth > DEEPEST or not _directory_bearable(file):
        return "file_unpacks_too_large"
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return next(_flaws(archive, ending, budget, depth), "")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
        return "file_broken"


def _directory_bearable(file: IO[bytes]) -> bool:
    """Whether the list of parts is of a size that may be read into memory. No such file needs the zip64 form."""
    end = file.seek(0, 2)
    file.seek(max(0, end - 2**16 - 42))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return True  # no zip at all, as will be found
    entries, size = struct.unpack("<HL", tail[at + 10 : at + 16])
    return size <= DIRECTORY_MOST and entries <= MOST_PARTS and tail[at - 20 : at - 16] != b"PK\x06\x07"


def _flaws(archive: zipfile.ZipFile, ending: str, budget: Budget, depth: int) -> Iterator[str]:
    parts = archive.infolist()
    yield from _bomb(parts, budget)
    names = [each.filename for each in parts]
    if any(each.flag_bits & 1 for each in parts):
        yield "file_locked"
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
    for each in parts:
        yield from _part(archive, each, budget, depth)


def _bomb(parts: list[zipfile.ZipInfo], budget: Budget) -> Iterator[str]:
    unpacked = sum(each.file_size for each in parts)
    packed = sum(each.compress_size for each in parts)
    budget.parts -= len(parts)
    budget.bytes -= unpacked
    if budget.parts < 0 or budget.bytes < 0:
        yield "file_unpacks_too_large"
    if unpacked > SUSPICIOUS_FROM and unpacked > MOST_TIMES * max(packed, 1):
        yield "file_unpacks_too_large"


def _harmless(name: str) -> bool:
    lower = name.lower()
    if lower.endswith("/") or lower == "_rels/.rels":
        return True
    if lower.endswith(".bin"):
        return any(each in lower for each in BINARY_IN)
    return PurePath(lower).suffix in HARMLESS


def _part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, budget: Budget, depth: int) -> Iterator[str]:
    """Read to its end: what was promised of its size holds only where the checksum at the end does."""
    ending = PurePath(part.filename.lower()).suffix
    with archive.open(part) as stream:
        beginning = stream.read(CHUNK)
        if beginning.startswith(PROGRAMS):
            yield "file_with_files"
        if ending not in MAIN:
            while stream.read(CHUNK):
                pass
            return
        with tempfile.TemporaryFile() as copy:
            copy.write(beginning)
            shutil.copyfileobj(stream, copy, CHUNK)
            yield from filter(None, [_flaw(copy, ending, budget, depth + 1)])


def _text(listed: bytes) -> str:
    return listed.decode("utf-16" if listed[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", errors="replace")
