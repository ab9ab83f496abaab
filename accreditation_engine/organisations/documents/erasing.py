"""Erasing documents of an organisation by law: their names and their content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accreditation_engine.engine import erasures
from accreditation_engine.engine.erasures import By, Piece
from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.organisations.models import DocumentFile
from accreditation_engine.trail.erasure import NothingToErase
from accreditation_engine.trail.models import Event

PROFILE_DOCUMENT = "profile_document"


def documents_of(organisations: QuerySet[Any, Any]) -> Iterator[Piece]:
    """Of those whose ids the query gives. One query."""
    filed = DocumentFile.objects.filter(organisation__in=organisations, erased_at=None)
    for each in filed.order_by("filed_at", "pk"):
        which = {"document": each.document, "sha256": each.sha256, "file": str(each.pk)}
        yield Piece(
            PROFILE_DOCUMENT,
            each.organisation_id,
            which,
            each.name,
            at=each.filed_at,
            author=each.filed_by_id,
            row=each.pk,
        )


def erase_document(piece: Piece, by: By) -> Event:
    """The content goes when no version that still stands has the same."""
    row = DocumentFile.objects.filter(pk=piece.row, erased_at=None)
    path = row.values_list("path", flat=True).first()
    if path is None or not row.update(name="", name_salt="", erased_at=timezone.now()):
        raise NothingToErase(piece.key)
    transaction.on_commit(lambda: _remove_unneeded(path))
    return erasures.say(piece, replace(by, edition=""))


@periodic("erased documents", every=timedelta(days=1))
def remove_what_stayed() -> None:
    """Removing comes after the commit, and may fail where nobody sees it."""
    erased = DocumentFile.objects.exclude(erased_at=None).values_list("path", flat=True)
    for path in erased.distinct():
        _remove_unneeded(path)


def _remove_unneeded(path: str) -> None:
    if not DocumentFile.objects.filter(path=path, erased_at=None).exists() and default_storage.exists(path):
        default_storage.delete(path)
