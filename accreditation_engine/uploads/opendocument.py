"""OpenDocument files (ISO/IEC 26300): a zip of parts, in which macros stand in folders of their own, and in the
texts what runs them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import IO

from .office import FONTS, PICTURES, RECORDINGS
from .xml_parts import xml_flaws
from .zipped import PROGRAMS, Budget, chunks_of, zip_flaw

OASIS = "application/vnd.oasis.opendocument."
MEDIA_TYPES = {".odt": OASIS + "text", ".ods": OASIS + "spreadsheet", ".odp": OASIS + "presentation"}
MIMETYPE, MANIFEST = "mimetype", "META-INF/manifest.xml"

MACRO_FOLDERS = ("/basic/", "/scripts/", "/dialogs/")
FREE_FOLDERS = ("pictures/", "objectreplacements/", "thumbnails/", "configurations2/")
"""Where parts without an ending are pictures and settings."""

HARMLESS = PICTURES | FONTS | RECORDINGS | {".xml", ".rdf", ".svm", ".gdimetafile", ".pdf"}

SCRIPT = "urn:oasis:names:tc:opendocument:xmlns:script:1.0"
ACTION = "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0 action"
ADDRESS = "http://www.w3.org/1999/xlink href"
MANIFEST_SPACE = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
RUN_BY = ("vnd.sun.star.script:", "macro:", "vnd.sun.star.expand:", "service:")
"""How addresses begin that call a program."""


def flaw(file: IO[bytes], ending: str) -> str:
    """What is wrong with the OpenDocument file, as the code of a reason; "" where nothing is."""
    return zip_flaw(file, Budget(), lambda archive: _flaws(archive, ending))


def _flaws(archive: zipfile.ZipFile, ending: str) -> Iterator[str]:
    names = archive.namelist()
    if MIMETYPE not in names or archive.getinfo(MIMETYPE).file_size > len(OASIS) + 40:
        yield "file_disguised"
        return
    if archive.read(MIMETYPE).decode("ascii", errors="replace").strip() != MEDIA_TYPES[ending]:
        yield "file_disguised"
    if MANIFEST not in names or "content.xml" not in names:
        yield "file_broken"
    if any(folder in f"/{name.lower()}" for name in names for folder in MACRO_FOLDERS):
        yield "file_with_macros"
    if any(not _harmless(each) for each in names):
        yield "file_with_files"
    for each in archive.infolist():
        with archive.open(each) as stream:
            yield from xml_flaws(stream, _acts) if each.filename.lower().endswith(".xml") else _other(stream)


def _harmless(name: str) -> bool:
    lower = name.lower()
    if lower.endswith("/") or PurePath(lower).name in (MIMETYPE, "layout-cache"):
        return True
    ending = PurePath(lower).suffix
    return ending in HARMLESS or (not ending and lower.startswith(FREE_FOLDERS))


def _other(stream: IO[bytes]) -> Iterator[str]:
    for number, chunk in enumerate(chunks_of(stream)):
        if number == 0 and chunk.startswith(PROGRAMS):
            yield "file_with_files"


def _acts(name: str, attributes: Mapping[str, str]) -> Iterator[str]:
    if name == f"{SCRIPT} event-listener":
        yield "file_with_macros"
    if name == f"{MANIFEST_SPACE} encryption-data":
        yield "file_locked"
    for key, value in attributes.items():
        called = key == ADDRESS and value.strip().lower().startswith(RUN_BY)
        if called or (key == ACTION and value in ("execute", "macro")):
            yield "file_with_macros"
