"""What certificates, and what keeps them alive, add to a bundle of dossiers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from accreditation_engine.engine.bundles import registry
from accreditation_engine.trail.bundle.rows import rows, with_text

from .models import Certificate, UpkeepFile

OF_A_FILE = (
    *("upkeep_id", "id", "seq", "document", "name", "name_salt", "path", "media_type", "size", "sha256"),
    *("filed_by_id", "filed_at", "taken_back_at", "erased_at"),
)


def register() -> None:
    registry.subjects["certificate"] = lambda dossiers: Certificate.objects.filter(dossier__in=dossiers)
    registry.tables["upkeep_files"] = _upkeep_files
    registry.files.append(_stored)


def _upkeep_files(dossiers: Collection[UUID]) -> Iterator[dict[str, Any]]:
    for row in rows(UpkeepFile.objects.filter(upkeep__dossier__in=dossiers), OF_A_FILE):
        path = row.pop("path")
        yield with_text({**row, "file": path}, "name")


def _stored(dossiers: Collection[UUID]) -> Iterable[str]:
    filed = UpkeepFile.objects.filter(upkeep__dossier__in=dossiers, erased_at=None)
    return filed.values_list("path", flat=True)
