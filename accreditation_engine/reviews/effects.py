"""What follows from sending reviews."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from accreditation_engine.definitions.durations import after
from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.engine.acting import SYSTEM, SYSTEM_ROLE
from accreditation_engine.engine.opening import current_edition, open_subjects
from accreditation_engine.engine.registry import Taken, effect
from accreditation_engine.scoring import ScoreSheet

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
    """Open a finding for each one that the rubrics' rules raise from the reviews, unless it stands already."""
    by_id = {each.subject.pk: each for each in taken}
    rows: dict[Any, list[dict[str, Any]]] = {pk: [] for pk in by_id}
    for row in sent_ratings(list(by_id)).values("assignment__dossier_id", *FIELDS):
        rows[row["assignment__dossier_id"]].append(row)
    standing = set(Finding.objects.filter(dossier__in=by_id).values_list("dossier_id", "rubric", "criterion"))
    found = [
        finding
        for pk, each in by_id.items()
        for rubric in each.scheme.rubrics.values()
        for finding in _of_sheet(each, combined_sheet(rows[pk], rubric))
        if (pk, finding.rubric, finding.criterion) not in standing
    ]
    if found:
        edition = current_edition(FINDINGS_SCHEME)
        for finding in found:
            finding.edition_id = edition
        open_subjects(found, SYSTEM, role=SYSTEM_ROLE)


def _of_sheet(taken: Taken, sheet: ScoreSheet) -> list[Finding]:
    rules = {rule.severity: rule for rule in sheet.rubric.findings}
    today = timezone.localdate()
    return [
        Finding(
            id=uuid.uuid4(),
            dossier_id=taken.subject.pk,
            rubric=sheet.rubric.id,
            criterion=each.criterion,
            severity=each.severity,
            due_on=after(today, within) if (within := rules[each.severity].correct_within) else None,
        )
        for each in sheet.findings
    ]
