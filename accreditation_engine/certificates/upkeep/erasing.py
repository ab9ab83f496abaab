"""Erasing files of upkeep by law: their names and their content."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from accreditation_engine.engine import erasures
from accreditation_engine.engine.erasures import Kind, Piece
from accreditation_engine.uploads.kept_erasing import erase_kept, piece_of, remove_daily

from .models import UpkeepFile

UPKEEP_FILE = "upkeep_file"


def register() -> None:
    erasures.in_files[UPKEEP_FILE] = Kind(_files, partial(erase_kept, UpkeepFile))


def _files(dossier: UUID) -> Iterator[Piece]:
    """One query."""
    filed = UpkeepFile.objects.filter(upkeep__dossier=dossier, erased_at=None)
    for each in filed.order_by("filed_at", "pk"):
        yield piece_of(UPKEEP_FILE, each, {"file": str(each.pk), "sha256": each.sha256})


remove_daily("erased files of upkeep", UpkeepFile)
