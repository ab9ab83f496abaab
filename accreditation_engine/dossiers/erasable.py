"""What can be erased of a self-assessment and its evidence: narratives, names of files, and their content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accreditation_engine.engine import erasures
from accreditation_engine.engine.erasures import By, Kind, Piece
from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.organisations.documents.erasing import (
    PROFILE_DOCUMENT,
    documents_of,
    erase_document,
)
from accreditation_engine.trail.erasure import NothingToErase
from accreditation_engine.trail.models import Event

from .guards import answers_digest
from .models import Answer, Dossier, Evidence

NARRATIVE, FILE_NAME, FILE = "narrative", "file_name", "file"


def register() -> None:
    erasures.in_files[NARRATIVE] = Kind(_narratives, _erase_narrative)
    erasures.in_files[FILE_NAME] = Kind(_file_names_and_files, _erase_file_name)
    erasures.in_files[FILE] = Kind(_listed_with_their_names, _erase_file)
    erasures.in_files[PROFILE_DOCUMENT] = Kind(_documents_of_its_organisation, erase_document)


def _narratives(dossier: UUID) -> Iterator[Piece]:
    rows = Answer.objects.filter(dossier=dossier).exclude(narrative="").order_by("rubric", "criterion")
    for each in rows:
        which = {"rubric": each.rubric, "criterion": each.criterion}
        yield Piece(NARRATIVE, dossier, which, each.narrative, at=each.updated_at)


def _erase_narrative(piece: Piece, by: By) -> Event:
    """The digest of all answers changes with it; the event says from what to what."""
    before = answers_digest(piece.stream)
    row = Answer.objects.filter(dossier=piece.stream, **piece.which).exclude(narrative="")
    if not row.update(narrative="", narrative_salt="", narrative_erased_at=timezone.now()):
        raise NothingToErase(piece.key)
    return erasures.say(piece, by, answers={"before": before, "after": answers_digest(piece.stream)})


def _file_names_and_files(dossier: UUID) -> Iterator[Piece]:
    """One query for both."""
    numbered = list(_numbered(dossier))
    yield from (_piece(FILE_NAME, each, number) for each, number in numbered if each.name)
    yield from (_piece(FILE, each, number) for each, number in numbered if not each.content_erased_at)


def _listed_with_their_names(_dossier: UUID) -> Iterator[Piece]:
    return iter(())


def _documents_of_its_organisation(dossier: UUID) -> Iterator[Piece]:
    """Nobody looks for what to erase of an organisation but with one of its files."""
    return documents_of(Dossier.objects.filter(pk=dossier).values("organisation"))


def _numbered(dossier: UUID) -> Iterator[tuple[Evidence, int]]:
    """Each piece of evidence, with a number from 0 that tells the same file apart that was filed again."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for each in Evidence.objects.filter(dossier=dossier).order_by("pk"):
        same = (each.rubric, each.criterion, each.sha256)
        yield each, seen[same]
        seen[same] += 1


def _piece(what: str, evidence: Evidence, number: int) -> Piece:
    return Piece(
        what,
        evidence.dossier_id,
        {
            "rubric": evidence.rubric,
            "criterion": evidence.criterion,
            "sha256": evidence.sha256,
            "number": number,
        },
        evidence.name,
        at=evidence.filed_at,
        author=evidence.filed_by_id,
        row=evidence.pk,
    )


def _erase_file_name(piece: Piece, by: By) -> Event:
    row = Evidence.objects.filter(pk=piece.row).exclude(name="")
    if not row.update(name="", name_salt="", name_erased_at=timezone.now()):
        raise NothingToErase(piece.key)
    return erasures.say(piece, by)


def _erase_file(piece: Piece, by: By) -> Event:
    """Content is kept once, however often it is filed: it goes when nothing that still stands needs it."""
    row = Evidence.objects.filter(pk=piece.row, content_erased_at=None)
    path = row.values_list("file", flat=True).first()
    if path is None or not row.update(content_erased_at=timezone.now()):
        raise NothingToErase(piece.key)
    transaction.on_commit(lambda: remove_unneeded(path))
    return erasures.say(piece, by)


def remove_unneeded(path: str) -> None:
    """Remove the content at `path` when everything that was filed with it is erased."""
    if not Evidence.objects.filter(file=path, content_erased_at=None).exists():
        default_storage.delete(path)


@periodic("erased files", every=timedelta(days=1))
def remove_what_stayed() -> None:
    """Removing comes after the commit, and may fail where nobody sees it."""
    for path in still_there():
        default_storage.delete(path)


def still_there() -> Iterator[str]:
    """Paths of content that was erased everywhere and lies in the store all the same: removing it failed."""
    erased = Evidence.objects.exclude(content_erased_at=None).values_list("file", flat=True)
    needed = Evidence.objects.filter(content_erased_at=None).values("file")
    yield from (path for path in erased.exclude(file__in=needed).distinct() if default_storage.exists(path))
