"""Erasing documents of an organisation by law: their names and their content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from accreditation_engine.engine.erasures import By, Piece
from accreditation_engine.organisations.models import DocumentFile
from accreditation_engine.trail.models import Event
from accreditation_engine.uploads.kept_erasing import erase_kept, piece_of, remove_daily

PROFILE_DOCUMENT = "profile_document"


def documents_of(organisations: QuerySet[Any, Any]) -> Iterator[Piece]:
    """Of those whose ids the query gives. One query."""
    filed = DocumentFile.objects.filter(organisation__in=organisations, erased_at=None)
    for each in filed.order_by("filed_at", "pk"):
        which = {"document": each.document, "sha256": each.sha256, "file": str(each.pk)}
        yield piece_of(PROFILE_DOCUMENT, each, which)


def erase_document(piece: Piece, by: By) -> Event:
    return erase_kept(DocumentFile, piece, by)


remove_daily("erased documents", DocumentFile)
