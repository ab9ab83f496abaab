"""Erasing files of concerns by law, their names and their content: by themselves, or with the text that they came
with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accreditation_engine.engine import erasures
from accreditation_engine.engine.erasures import By, Kind, Piece, comment_key
from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.trail.erasure import NothingToErase
from accreditation_engine.trail.models import Event

from .models import ComplaintFile

COMPLAINT_FILE = "complaint_file"


def register() -> None:
    erasures.in_files[COMPLAINT_FILE] = Kind(_files, _erase)


def _files(dossier: UUID) -> Iterator[Piece]:
    """One query."""
    filed = ComplaintFile.objects.filter(complaint__dossier=dossier, erased_at=None)
    for each in filed.order_by("filed_at", "pk"):
        yield Piece(
            COMPLAINT_FILE,
            each.complaint_id,
            {"file": str(each.pk), "sha256": each.sha256},
            each.name,
            at=each.filed_at,
            author=each.filed_by_id,
            row=each.pk,
            goes_with=comment_key(each.complaint_id, each.came_with),
        )


def _erase(piece: Piece, by: By) -> Event:
    """The content goes when no file that still stands has the same."""
    row = ComplaintFile.objects.filter(pk=piece.row, erased_at=None)
    path = row.values_list("path", flat=True).first()
    if path is None or not row.update(name="", name_salt="", erased_at=timezone.now()):
        raise NothingToErase(piece.key)
    transaction.on_commit(lambda: _remove_unneeded(path))
    return erasures.say(piece, replace(by, edition=""))


@periodic("erased files of concerns", every=timedelta(days=1))
def remove_what_stayed() -> None:
    """Removing comes after the commit, and may fail where nobody sees it."""
    erased = ComplaintFile.objects.exclude(erased_at=None).values_list("path", flat=True)
    for path in erased.distinct():
        _remove_unneeded(path)


def _remove_unneeded(path: str) -> None:
    standing = ComplaintFile.objects.filter(path=path, erased_at=None)
    if not standing.exists() and default_storage.exists(path):
        default_storage.delete(path)
