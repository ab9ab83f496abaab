"""What is written down of every file that is kept for good, when it comes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from accreditation_engine.trail.salted import new_salt

from .kinds import kind_of
from .names import clean_name
from .storing import store_once


def stored_now(
    upload: UploadedFile, sha256: str, *, folder: str, by: UUID | None, name: str = ""
) -> dict[str, Any]:
    """The fields of a KeptFile for an upload that its check took; the content is in the store when this returns.
    It keeps its own name where no other is given."""
    name = name or clean_name(upload.name or "")
    kind = kind_of(name)
    assert kind is not None  # noqa: S101 - the check of uploads took it
    return {
        "name": name,
        "name_salt": new_salt(),
        "path": store_once(upload, sha256, folder=folder),
        "media_type": kind.media_type,
        "size": upload.size or 0,
        "sha256": sha256,
        "filed_by_id": by,
        "filed_at": timezone.now(),
    }
