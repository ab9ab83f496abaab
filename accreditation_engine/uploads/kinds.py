"""What a file may be: the one list that pages show, browsers are told and checks follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated

from . import heic, links, office, opendocument, pdf, pictures

Look = Callable[[IO[bytes], str], str]
"""Looks into a file: gives what is wrong with it, as the code of a reason, or ""."""

OOXML = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Kind:
    """`media_type` is what it is served as; `found` what libmagic may take its beginning for."""

    media_type: str
    found: frozenset[str]
    look: Look


def _office(media_type: str) -> Kind:
    """The order of its parts decides what libmagic sees of an Office file; what it is, its parts say."""
    return Kind(
        media_type, frozenset({media_type, "application/zip", "application/octet-stream"}), office.flaw
    )


def _opendocument(ending: str) -> Kind:
    media_type = opendocument.MEDIA_TYPES[ending]
    found = frozenset({media_type, "application/zip", "application/octet-stream"})
    return Kind(media_type, found, opendocument.flaw)


def _telephone() -> Kind:
    return Kind("image/heic", frozenset({"image/heic", "image/heif"}), heic.flaw)


def _picture(media_type: str) -> Kind:
    return Kind(media_type, frozenset({media_type}), pictures.flaw)


KINDS: dict[str, Kind] = {
    ".pdf": Kind("application/pdf", frozenset({"application/pdf"}), pdf.flaw),
    ".png": _picture("image/png"),
    ".jpg": _picture("image/jpeg"),
    ".jpeg": _picture("image/jpeg"),
    ".webp": _picture("image/webp"),
    ".heic": _telephone(),
    ".heif": _telephone(),
    ".docx": _office(OOXML + "wordprocessingml.document"),
    ".xlsx": _office(OOXML + "spreadsheetml.sheet"),
    ".pptx": _office(OOXML + "presentationml.presentation"),
    **{each: _opendocument(each) for each in opendocument.MEDIA_TYPES},
}

LINKS = Kind(
    links.MEDIA_TYPE, frozenset({links.MEDIA_TYPE, "application/x-mswinurl", "text/plain"}), links.flaw
)
"""Made here (links.py) and sent by nobody; looked into with the whole name, for that says where it leads."""

NOT_ASKED_FOR = frozenset({".heic", ".heif"})
"""Taken, but browsers are not told: a telephone that reads of them sends them as they are, and otherwise as JPEG,
which everybody can open."""


def ending_of(name: str) -> str:
    return PurePath(name).suffix.lower()


def kind_of(name: str) -> Kind | None:
    """By the ending of a clean name; None for what is not taken."""
    ending = ending_of(name)
    return LINKS if ending == links.ENDING else KINDS.get(ending)


def file_field() -> dict[str, Any]:
    """For an input of files: `accept`, and in words what is taken, how large, and that all of it is kept."""
    words = _(
        "PDF, Word, Excel, PowerPoint, OpenDocument or pictures (JPEG, PNG, WebP, HEIC), up to %(most)s MB each."
        " Files are kept as they are: a photograph may say where it was taken."
    )
    most = isolated({"most": str(settings.EVIDENCE_MAX_BYTES // 2**20)})
    return {"accept": ",".join(each for each in KINDS if each not in NOT_ASKED_FOR), "words": words % most}
