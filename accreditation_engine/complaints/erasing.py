"""Erasing files of concerns by law, their names and their content: by themselves, or with the text that they came
with."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from accreditation_engine.engine import erasures
from accreditation_engine.engine.erasures import Kind, Piece, comment_key
from accreditation_engine.uploads.kept_erasing import erase_kept, piece_of, remove_daily

from .models import ComplaintFile

COMPLAINT_FILE = "complaint_file"


def register() -> None:
    erasures.in_files[COMPLAINT_FILE] = Kind(_files, partial(erase_kept, ComplaintFile))


def _files(dossier: UUID) -> Iterator[Piece]:
    """One query."""
    filed = ComplaintFile.objects.filter(complaint__dossier=dossier, erased_at=None)
    for each in filed.order_by("filed_at", "pk"):
        which = {"file": str(each.pk), "sha256": each.sha256}
        text = comment_key(each.complaint_id, each.came_with)
        yield piece_of(COMPLAINT_FILE, each, which, goes_with=text)


remove_daily("erased files of concerns", ComplaintFile)
