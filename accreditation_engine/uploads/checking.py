"""The check of a file before anything of it is kept."""

from __future__ import annotations

import logging
from typing import IO, Any, cast

from django.conf import settings
from django.core.files.base import File

from accreditation_engine.engine.reasons import Reason

from . import link_words, words  # noqa: F401 - they register themselves
from .content import content_type
from .kinds import KINDS, LINKS, Kind, ending_of, kind_of
from .names import clean_name
from .receiving import MOST_FILES, Unread
from .viruses import NoAnswer, virus_in

log = logging.getLogger(__name__)

ENCRYPTED = "application/encrypted"  # how libmagic calls an Office file with a password


def bad_upload(upload: File[Any]) -> list[Reason]:
    """Why a file is not taken, by what it is: the first reason alone, for then nobody asks what comes after.
    `upload` has a name and a size and is read where it lies; it is never whole in memory."""
    name = clean_name(upload.name or "")
    reason = _by_size(upload, name) or _by_content(upload, name) or _by_scanner(upload, name)
    return [reason] if reason else []


def bad_announcement(name: str, size: int) -> list[Reason]:
    """The same before anything has come, by a clean name and the size that is promised."""
    reason = _size_flaw(name, size) or _unknown_kind(name)
    return [reason] if reason else []


def _by_size(upload: File[Any], name: str) -> Reason | None:
    if isinstance(upload, Unread) and upload.because == "files_too_many":
        most = {"files": MOST_FILES, "most": settings.UPLOAD_MAX_BYTES // 2**20}
        return Reason("files_too_many", {"name": name, **most})
    return _size_flaw(name, upload.size or 0)


def _size_flaw(name: str, size: int) -> Reason | None:
    if size > settings.EVIDENCE_MAX_BYTES:
        return Reason("file_too_large", {"name": name, "most": settings.EVIDENCE_MAX_BYTES // 2**20})
    return Reason("file_empty", {"name": name}) if size == 0 else None


def _by_content(upload: File[Any], name: str) -> Reason | None:
    kind = kind_of(name)
    if kind is None:
        return _unknown_kind(name)
    told = name if kind is LINKS else ending_of(name)
    flaw = _flaw(kind, cast("IO[bytes]", upload.file), told)
    return Reason(flaw, {"name": name, "kind": ending_of(name)[1:]}) if flaw else None


def _unknown_kind(name: str) -> Reason | None:
    if kind_of(name) is not None:
        return None
    return Reason("file_kind", {"name": name, "kinds": sorted(each[1:] for each in KINDS)})


def _flaw(kind: Kind, file: IO[bytes], told: str) -> str:
    found = content_type(file)
    if found in kind.found:
        return kind.look(file, told)
    return "file_locked" if found == ENCRYPTED else "file_disguised"


def _by_scanner(upload: File[Any], name: str) -> Reason | None:
    """Anything but a clean answer counts as none."""
    if not settings.CLAMAV:
        return None
    try:
        virus = virus_in(cast("IO[bytes]", upload.file), settings.CLAMAV)
    except NoAnswer as said:
        log.error("ClamAV at %s gave no clear answer, so a file was not taken: %s", settings.CLAMAV, said)
        return Reason("scanner_silent", {"name": name})
    return Reason("file_infected", {"name": name, "virus": virus}) if virus else None
