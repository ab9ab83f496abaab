"""What follows from sending reviews."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from accreditation_engine.definitions.durations import after
from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.engine.acting import SYSTEM, SYSTEM_ROLE
from accreditation_engine.engine.opening import current_edition, open_subjects
from accreditation_engine.engine.registry import Taken, effect
from accreditation_engine.scoring import ScoreSheet
from accreditation_engine.scoring.findings import SEVEREST_FIRST

from .models import Assignment, Finding
from .sheets import FIELDS, combined_sheet, sent_ratings

FINDINGS_SCHEME = "finding"


@effect("close_own_review")
def close_own_review(taken: Sequence[Taken], parameters: Parameters) -> None:
    """The reviewer's assignments are sent; their ratings count and cannot be changed any more."""
    mine = Assignment.objects.filter(
        dossier__in=[each.subject.pk for each in taken],
        reviewer=taken[0].attempt.actor_id,
        sent_at=None,
        released_at=None,
    )
    mine.update(sent_at=taken[0].event.at)


@effect("raise_findings")
def raise_findings(taken: Sequence[Taken], parameters: Parameters) -> None:
    """Open a finding for each one that the rubrics' rules raise from the reviews, unless one that is as severe
    stands already."""
    by_id = {each.subject.pk: each for each in taken}
    rows: dict[Any, list[dict[str, Any]]] = {pk: [] for pk in by_id}
    for row in sent_ratings(list(by_id)).values("assignment__dossier_id", *FIELDS):
        rows[row["assignment__dossier_id"]].append(row)
    standing = _standing(by_id)
    found = [
        finding
        for pk, each in by_id.items()
        for rubric in each.scheme.rubrics.values()
        for finding in _of_sheet(each, combined_sheet(rows[pk], rubric))
        if _rank(finding) < standing.get((pk, finding.rubric, finding.criterion), len(SEVEREST_FIRST))
    ]
    if found:
        edition = current_edition(FINDINGS_SCHEME)
        for finding in found:
            finding.edition_id = edition
        open_subjects(found, SYSTEM, role=SYSTEM_ROLE)


def _standing(dossiers: Iterable[UUID]) -> dict[tuple[Any, str, str], int]:
    """The rank of the severest finding of each criterion, by dossier, rubric and criterion."""
    standing: dict[tuple[Any, str, str], int] = {}
    for each in Finding.objects.filter(dossier__in=list(dossiers)):
        key = (each.dossier_id, each.rubric, each.criterion)
        standing[key] = min(_rank(each), standing.get(key, len(SEVEREST_FIRST)))
    return standing


def _rank(finding: Finding) -> int:
    return [str(severity) for severity in SEVEREST_FIRST].index(finding.severity)


def _of_sheet(taken: Taken, sheet: ScoreSheet) -> list[Finding]:
    today = timezone.localdate()
    return [
        Finding(
            id=uuid.uuid4(),
            dossier_id=taken.subject.pk,
            rubric=sheet.rubric.id,
            criterion=each.criterion,
            severity=each.severity,
            due_on=after(today, each.correct_within) if each.correct_within else None,
        )
        for each in sheet.findings
    ]
