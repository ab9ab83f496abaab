"""Opening the findings that the rubrics' rules raise from reviews."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from accreditation_engine.definitions.durations import after
from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.engine.acting import SYSTEM, SYSTEM_ROLE
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.due import last_day
from accreditation_engine.engine.opening import current_edition, open_subjects
from accreditation_engine.scoring import ScoreSheet
from accreditation_engine.scoring.findings import SEVEREST_FIRST
from accreditation_engine.scoring.rounding import plain

from .models import Finding
from .sheets import FIELDS, combined_sheet, sent_ratings, unreconciled

FINDINGS_SCHEME = "finding"
Rows = Sequence[Mapping[str, Any]]


def raise_from_reviews(schemes: Mapping[UUID, Compiled]) -> list[UUID]:
    """For each dossier (its id, and the scheme that judges it) the findings that its reviews raise, unless one
    that is as severe stands already. Gives the dossiers whose reviewers have yet to agree.

    Where reviewers have yet to agree nothing is raised: a mean that nobody gave is no finding. Each is linked to
    all that lies in evidence of its criterion.
    """
    rows: dict[UUID, list[Mapping[str, Any]]] = defaultdict(list)
    for row in sent_ratings(list(schemes)).values("assignment__dossier_id", *FIELDS):
        rows[row["assignment__dossier_id"]].append(row)
    apart = {pk: _apart(scheme, rows[pk]) for pk, scheme in schemes.items()}
    standing = _standing(schemes)
    found = [
        finding
        for pk, scheme in schemes.items()
        for finding in _of_dossier(pk, scheme, rows[pk], apart[pk])
        if _rank(finding) < standing.get((pk, finding.rubric, finding.criterion), len(SEVEREST_FIRST))
    ]
    if found:
        edition, filed = current_edition(FINDINGS_SCHEME), _filed({each.dossier_id for each in found})
        for finding in found:
            finding.edition_id = edition
            finding.evidence = filed[finding.dossier_id, finding.rubric, finding.criterion]
        open_subjects(found, SYSTEM, role=SYSTEM_ROLE)
    return [pk for pk, criteria in apart.items() if criteria]


def reconciles(scheme: Compiled) -> bool:
    """Whether some step of the scheme waits until reviewers agree."""
    return any(each.name == "reconciled" for step in scheme.steps.values() for each in step.guards)


def _apart(scheme: Compiled, rows: Rows) -> set[tuple[str, str]]:
    """The rubrics and criteria on which reviewers have yet to agree; none where no step waits for that."""
    if not reconciles(scheme):
        return set()
    return {
        (rubric.id, each.criterion)
        for rubric in scheme.rubrics.values()
        for each in unreconciled(rows, rubric)
    }


def _of_dossier(
    dossier: UUID, scheme: Compiled, rows: Rows, apart: set[tuple[str, str]]
) -> Iterator[Finding]:
    for rubric in scheme.rubrics.values():
        for finding in _of_sheet(dossier, combined_sheet(rows, rubric), scheme.workflow):
            if (rubric.id, finding.criterion) not in apart:
                yield finding


def _of_sheet(dossier: UUID, sheet: ScoreSheet, workflow: Workflow) -> Iterator[Finding]:
    today = timezone.localdate()
    for each in sheet.findings:
        yield Finding(
            id=uuid.uuid4(),
            dossier_id=dossier,
            rubric=sheet.rubric.id,
            criterion=each.criterion,
            severity=each.severity,
            rating=plain(sheet.scores.ratings[each.criterion]),
            due_on=last_day(workflow, after(today, each.correct_within)) if each.correct_within else None,
        )


def _standing(dossiers: Iterable[UUID]) -> dict[tuple[Any, str, str], int]:
    """The rank of the severest finding of each criterion, by dossier, rubric and criterion."""
    standing: dict[tuple[Any, str, str], int] = {}
    for each in Finding.objects.filter(dossier__in=list(dossiers)):
        key = (each.dossier_id, each.rubric, each.criterion)
        standing[key] = min(standing.get(key, _rank(each)), _rank(each))
    return standing


def _filed(dossiers: Iterable[UUID]) -> dict[tuple[UUID, str, str], list[str]]:
    """The SHA-256 of the files that stand, by dossier, rubric and criterion."""
    rows = Evidence.objects.filter(dossier__in=list(dossiers), taken_back_at=None)
    filed: dict[tuple[UUID, str, str], list[str]] = defaultdict(list)
    for dossier, rubric, criterion, sha256 in rows.values_list(
        "dossier_id", "rubric", "criterion", "sha256"
    ).order_by("sha256"):
        filed[dossier, rubric, criterion].append(sha256)
    return filed


def _rank(finding: Finding) -> int:
    return [str(severity) for severity in SEVEREST_FIRST].index(finding.severity)
