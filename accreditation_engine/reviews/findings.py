"""Findings that reviewers raise by hand, who sees to them, and what shows that something was done."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import get_args

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accreditation_engine.definitions.durations import after
from accreditation_engine.definitions.rubric import Rubric, Severity
from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.dossiers.evidence import keep_file
from accreditation_engine.dossiers.models import Dossier, Evidence
from accreditation_engine.dossiers.rules import guarded_by, require_role
from accreditation_engine.dossiers.typed import Criterion
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.due import last_day
from accreditation_engine.engine.judging import deadline_passed
from accreditation_engine.engine.opening import current_edition, open_subject
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.roles import acts_for
from accreditation_engine.uploads.checking import bad_upload
from accreditation_engine.uploads.storing import file_digest
from accreditation_engine.written import kept_text

from .models import Correction, Finding
from .raising import FINDINGS_SCHEME
from .report.versions import amend_report
from .rules import involved

REVIEWING = ("own_review_complete", "reviews_complete", "open_findings")
"""While a step with one of these guards lies ahead, reviews are being made or have just been made."""

LONGEST_TO_CORRECT = "P5Y"


@dataclass(frozen=True)
class Found:
    """What a reviewer has found: which requirement is not met, how gravely, what was seen, and on which files it
    rests. Without a date the rubric's own time for that severity counts; without an owner, the organisation."""

    criterion: Criterion
    severity: Severity
    text: str
    evidence: Collection[Evidence] = ()
    due_on: date | None = None
    owner: User | None = None


def raise_finding(*, dossier: Dossier, found: Found, by: User) -> Finding:
    """Open a finding by hand. A day off is moved to the next working day where the scheme moves time limits.

    Raises Refused for everybody but the dossier's reviewers, and for every reason that `reasons_against` gives.
    """
    role = require_role(dossier, by, "reviewer")
    with transaction.atomic():
        locked = locked_row(dossier)
        reasons = reasons_against(locked, found, by)
        if reasons:
            raise Refused(reasons)
        finding = _finding(locked, found)
        open_subject(finding, by, role=role, comment=kept_text(found.text), data=_owner(found.owner))
        amend_report(locked, by, role, because=(finding.pk, 1))
    return finding


def reasons_against(dossier: Dossier, found: Found, by: User) -> list[Reason]:
    """Why `by`, a reviewer, cannot raise this: reviews are over, an interest, no text or severity, files that do
    not lie in evidence here, a major nonconformity that rests on none, a day that has passed or lies too far off,
    an owner who is no member."""
    return [*_closed(dossier), *involved(dossier, by, ("applicant", "coach")), *_flaws(dossier, found)]


def usual_day(workflow: Workflow, rubric: Rubric, severity: Severity) -> date | None:
    """When a finding of today is to be corrected that names no day: the first rule of `rubric` for `severity` says
    so, and the calendar of `workflow` on which days a time ends; the time of an observation is nobody's."""
    times = [each.correct_within for each in rubric.findings if each.severity == severity]
    return last_day(workflow, after(timezone.localdate(), times[0])) if times and times[0] else None


def name_owner(*, finding: Finding, owner: User | None, by: User) -> None:
    """Say who in the organisation sees to the corrective action; nobody means the organisation itself. By one of
    its members, or a coordinator. Raises Refused for anybody who does not act for the organisation, and when the
    finding is settled."""
    role = require_role(finding.dossier, by, "applicant", "coordinator")
    with transaction.atomic():
        locked = Finding.objects.select_for_update().get(pk=finding.pk)
        reasons = [*_settled(locked), *_no_member(locked.dossier, owner)]
        if reasons:
            raise Refused(reasons)
        Finding.objects.filter(pk=finding.pk).update(owner=owner)
        record(
            finding.pk,
            "owner_named",
            by,
            role=role,
            edition=locked.edition_id,
            data=_owner(owner, always=True),
        )
    finding.owner = owner


def file_correction(*, finding: Finding, upload: UploadedFile, by: User) -> Evidence:
    """Add a file that shows what was done; it lies in evidence of the finding's criterion from then on. The same
    file twice is once. Raises Refused for everybody but the organisation, while the finding does not wait for
    it, and for a file that is not taken."""
    role = require_role(finding.dossier, by, "applicant")
    wrong = bad_upload(upload)
    sha256 = "" if wrong else file_digest(upload)
    with transaction.atomic():
        dossier = Dossier.objects.select_for_update().get(pk=finding.dossier_id)
        locked = Finding.objects.select_for_update().get(pk=finding.pk)
        reasons = [*why_not_corrected(locked), *wrong]
        if reasons:
            raise Refused(reasons)
        standing = Evidence.objects.filter(
            sha256=sha256, pk__in=locked.corrections.values("evidence")
        ).first()
        if standing is not None:
            return standing
        kept = keep_file(
            dossier=dossier,
            rubric=locked.rubric,
            criterion=locked.criterion,
            upload=upload,
            sha256=sha256,
            by=by,
        )
        Correction.objects.create(finding=locked, evidence=kept)
        said = {"sha256": sha256}
        record(finding.pk, "correction_filed", by, role=role, edition=locked.edition_id, data=said)
    return kept


def why_not_corrected(finding: Finding) -> list[Reason]:
    """Why no file is added that shows a correction; none while the finding waits for the organisation."""
    scheme = compiled(finding.edition_id)
    if scheme.workflow.states[finding.state].waits_for != "applicant":
        return [Reason("correction_not_awaited", {"state": finding.state, "edition": finding.edition_id})]
    return deadline_passed(finding, scheme, timezone.now())


def findings_welcome(dossier: Dossier) -> bool:
    """Whether reviews are being made or have just been made, so that a finding can be raised by hand."""
    return any(guarded_by(dossier, guard) for guard in REVIEWING)


def _closed(dossier: Dossier) -> list[Reason]:
    if findings_welcome(dossier):
        return []
    return [Reason("findings_closed", {"state": dossier.state, "edition": dossier.edition_id})]


def _flaws(dossier: Dossier, found: Found) -> Iterator[Reason]:
    rubric, criterion = found.criterion
    known = compiled(dossier.edition_id).asked.get(rubric)
    if known is None or all(each.id != criterion for each in known.every_criterion()):
        yield Reason("unknown_criterion", {"criterion": criterion})
    if found.severity not in get_args(Severity):
        yield Reason("finding_without_severity")
    yield from unlike_text(found.text, missing="finding_without_text", field="text")
    yield from _unsupported(dossier, found)
    yield from _never_due(found.due_on)
    yield from _no_member(dossier, found.owner)


def latest_day() -> date:
    """The last day by which a finding of today may be due. Whatever takes longer is no correction: nobody would be
    here to see it, and a slip of the keyboard (2926 for 2026) would keep it from ever being overdue."""
    return after(timezone.localdate(), LONGEST_TO_CORRECT)


def _never_due(day: date | None) -> Iterator[Reason]:
    if day is not None and day < timezone.localdate():
        yield Reason("due_in_the_past", {"date": day.isoformat()})
    if day is not None and day > latest_day():
        yield Reason("due_too_late", {"date": day.isoformat(), "last": latest_day().isoformat()})


def _unsupported(dossier: Dossier, found: Found) -> Iterator[Reason]:
    names = [each.name for each in found.evidence if each.dossier_id != dossier.pk or each.taken_back_at]
    if names:
        yield Reason("not_in_evidence", {"count": len(names), "criteria": names})
    if found.severity == "major" and not found.evidence:
        yield Reason("major_without_evidence")


def _no_member(dossier: Dossier, owner: User | None) -> list[Reason]:
    if owner is None or acts_for(owner.pk, dossier.organisation):
        return []
    return [Reason("not_a_member", {"name": owner.name})]


def _settled(finding: Finding) -> list[Reason]:
    if compiled(finding.edition_id).workflow.states[finding.state].waits_for is None:
        return [Reason("finding_settled", {"state": finding.state, "edition": finding.edition_id})]
    return []


def _finding(dossier: Dossier, found: Found) -> Finding:
    rubric, criterion = found.criterion
    scheme = compiled(dossier.edition_id)
    usual = usual_day(scheme.workflow, scheme.rubrics[rubric], found.severity)
    return Finding(
        id=uuid.uuid4(),
        edition_id=current_edition(FINDINGS_SCHEME),
        dossier=dossier,
        rubric=rubric,
        criterion=criterion,
        severity=found.severity,
        evidence=sorted({each.sha256 for each in found.evidence}),
        due_on=last_day(scheme.workflow, found.due_on) if found.due_on else usual,
        owner=found.owner,
    )


def _owner(owner: User | None, *, always: bool = False) -> dict[str, str | None]:
    if owner is None:
        return {"owner": None} if always else {}
    return {**owner.named_as("owner")}
