"""Erasing files of upkeep by law: their names and their content."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accreditation_engine.engine import erasures
from accreditation_engine.engine.erasures import By, Kind, Piece
from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.trail.erasure import NothingToErase
from accreditation_engine.trail.models import Event

from .models import UpkeepFile

UPKEEP_FILE = "upkeep_file"


def register() -> None:
    erasures.in_files[UPKEEP_FILE] = Kind(_files, _erase)


def _files(dossier: UUID) -> Iterator[Piece]:
    """One query."""
    filed = UpkeepFile.objects.filter(upkeep__dossier=dossier, erased_at=None)
    for each in filed.order_by("filed_at", "pk"):
        which = {"file": str(each.pk), "sha256": each.sha256}
        yield Piece(
            UPKEEP_FILE,
            each.upkeep_id,
            which,
            each.name,
            at=each.filed_at,
            author=each.filed_by_id,
            row=each.pk,
        )


def _erase(piece: Piece, by: By) -> Event:
    """The content goes when no file that still stands has the same."""
    row = UpkeepFile.objects.filter(pk=piece.row, erased_at=None)
    path = row.values_list("path", flat=True).first()
    if path is None or not row.update(name="", name_salt="", erased_at=timezone.now()):
        raise NothingToErase(piece.key)
    transaction.on_commit(lambda: _remove_unneeded(path))
    return erasures.say(piece, by)


@periodic("erased files of upkeep", every=timedelta(days=1))
def remove_what_stayed() -> None:
    """Removing comes after the commit, and may fail where nobody sees it."""
    erased = UpkeepFile.objects.exclude(erased_at=None).values_list("path", flat=True)
    for path in erased.distinct():
        _remove_unneeded(path)


def _remove_unneeded(path: str) -> None:
    if not UpkeepFile.objects.filter(path=path, erased_at=None).exists() and default_storage.exists(path):
        default_storage.delete(path)
