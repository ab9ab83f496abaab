"""What concerns add to a bundle of dossiers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from accreditation_engine.engine.bundles import registry
from accreditation_engine.trail.bundle.rows import rows, with_text

from .models import Complaint, ComplaintFile

OF_A_FILE = (
    *("complaint_id", "id", "seq", "came_with", "name", "name_salt", "path", "media_type", "size"),
    *("sha256", "filed_by_id", "filed_at", "erased_at"),
)


def register() -> None:
    registry.subjects["complaint"] = lambda dossiers: Complaint.objects.filter(dossier__in=dossiers)
    registry.tables["complaint_files"] = _complaint_files
    registry.files.append(_stored)


def _complaint_files(dossiers: Collection[UUID]) -> Iterator[dict[str, Any]]:
    for row in rows(ComplaintFile.objects.filter(complaint__dossier__in=dossiers), OF_A_FILE):
        row["file"] = row.pop("path")
        yield with_text(row, "name")


def _stored(dossiers: Collection[UUID]) -> Iterable[str]:
    filed = ComplaintFile.objects.filter(complaint__dossier__in=dossiers, erased_at=None)
    return filed.values_list("path", flat=True)
