"""What can be erased of reviews: reviewers' notes. Findings and reasons for a consensus are comments of events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from django.utils import timezone

from accreditation_engine.engine import erasures
from accreditation_engine.engine.erasures import By, Kind, Piece
from accreditation_engine.trail.erasure import NothingToErase
from accreditation_engine.trail.models import Event

from .models import Assignment, Rating

NOTE = "note"


def register() -> None:
    erasures.in_files[NOTE] = Kind(_notes, _erase_note)


def _notes(dossier: UUID) -> Iterator[Piece]:
    """An assignment is told by its reviewer and its number among theirs, from 1."""
    tasks = _tasks(dossier)
    rows = Rating.objects.filter(assignment__in=tasks).exclude(note="")
    for each in rows.order_by("assignment", "rubric", "criterion"):
        reviewer, number = tasks[each.assignment_id]
        which = {
            "reviewer": str(reviewer),
            "assignment": number,
            "rubric": each.rubric,
            "criterion": each.criterion,
        }
        yield Piece(NOTE, dossier, which, each.note, at=each.updated_at, author=reviewer, row=each.pk)


def _tasks(dossier: UUID) -> dict[int, tuple[UUID, int]]:
    """The reviewer of each assignment, and its number among theirs."""
    tasks: dict[int, tuple[UUID, int]] = {}
    counted: Counter[UUID] = Counter()
    rows = Assignment.objects.filter(dossier=dossier).order_by("pk").values_list("pk", "reviewer_id")
    for key, reviewer in rows:
        counted[reviewer] += 1
        tasks[key] = reviewer, counted[reviewer]
    return tasks


def _erase_note(piece: Piece, by: By) -> Event:
    row = Rating.objects.filter(pk=piece.row).exclude(note="")
    if not row.update(note="", note_salt="", note_erased_at=timezone.now()):
        raise NothingToErase(piece.key)
    return erasures.say(piece, by)
