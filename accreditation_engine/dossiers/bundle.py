"""What dossiers add to a bundle."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from accreditation_engine.engine.bundles import registry

from .models import Answer, Dossier, Evidence


def register() -> None:
    registry.subjects["dossier"] = lambda dossiers: Dossier.objects.filter(pk__in=dossiers)
    registry.tables["answers"] = lambda dossiers: Answer.objects.filter(dossier__in=dossiers)
    registry.tables["evidence"] = lambda dossiers: Evidence.objects.filter(dossier__in=dossiers)
    registry.files.append(_files)


def _files(dossiers: Collection[UUID]) -> Iterable[str]:
    return Evidence.objects.filter(dossier__in=dossiers, content_erased_at=None).values_list(
        "file", flat=True
    )
