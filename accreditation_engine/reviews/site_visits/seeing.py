"""What those who go on a visit see: notes by criterion, and photographs and files."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accreditation_engine.dossiers.evidence import (
    Seen,
    bad_criterion,
    keep_file,
    leave_out,
)
from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.dossiers.typed import Criterion
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import told
from accreditation_engine.uploads.checking import bad_upload
from accreditation_engine.uploads.storing import file_digest
from accreditation_engine.written import kept_text

from .models import Visit
from .standing import going_role, locked_visit, still_open, tries_written_down

NOTED = "visit_noted"


def note_on_visit(*, visit: Visit, criterion: Criterion, text: str, by: User) -> None:
    """Write down what was seen about a criterion, for those who go and those who see ratings. Notes are added and
    never changed; the same one sent again is once.

    Raises Refused for everybody but those who go, without words, for a criterion that is not asked about, and once
    the visit is closed or cancelled.
    """
    with tries_written_down(visit.dossier, by), transaction.atomic():
        current = locked_visit(visit)
        role = going_role(current, by)
        reasons = [
            *still_open(current),
            *bad_criterion(current.dossier, *criterion),
            *unlike_text(text, missing="visit_note_empty", field="note"),
        ]
        if reasons:
            raise Refused(reasons)
        if _noted_already(current, criterion, kept_text(text), by):
            return
        record(
            current.dossier_id,
            NOTED,
            by,
            role=role,
            edition=current.dossier.edition_id,
            comment=kept_text(text),
            data={"visit": current.seq, "rubric": criterion[0], "criterion": criterion[1]},
        )


def file_on_visit(*, visit: Visit, criterion: Criterion, upload: UploadedFile, by: User) -> Evidence:
    """File what was seen in evidence of a criterion, marked with the visit and the day; who sees it follows from
    what a state shows of evidence. The same file twice is once. Raises Refused as `note_on_visit` does, and for a
    file that is not taken."""
    wrong = bad_upload(upload)
    sha256 = "" if wrong else file_digest(upload)
    rubric, name = criterion
    with tries_written_down(visit.dossier, by), transaction.atomic():
        current = locked_visit(visit)
        going_role(current, by)
        reasons = [*still_open(current), *bad_criterion(current.dossier, rubric, name), *wrong]
        if reasons:
            raise Refused(reasons)
        standing = files_seen(current).filter(rubric=rubric, criterion=name, sha256=sha256).first()
        if standing is not None:
            return standing
        today = timezone.now().astimezone(ZoneInfo(current.zone)).date()
        return keep_file(
            dossier=current.dossier,
            rubric=rubric,
            criterion=name,
            upload=upload,
            sha256=sha256,
            by=by,
            seen=Seen(current.seq, today),
        )


def take_back_seen(*, visit: Visit, evidence: Evidence, by: User) -> None:
    """Leave out what was filed by mistake. It stays on record. Raises Refused for everybody but those who go, and
    once the visit is closed."""
    with tries_written_down(visit.dossier, by), transaction.atomic():
        current = locked_visit(visit)
        going_role(current, by)
        reasons = still_open(current)
        if evidence.dossier_id != current.dossier_id or evidence.visit != current.seq:
            reasons = [Reason("not_seen_here")]
        if reasons:
            raise Refused(reasons)
        leave_out(evidence, by)


def files_seen(visit: Visit) -> QuerySet[Evidence]:
    """What lies in evidence of a visit, in the order it was filed."""
    return Evidence.objects.filter(dossier=visit.dossier_id, visit=visit.seq, taken_back_at=None).order_by(
        "pk"
    )


def _noted_already(visit: Visit, criterion: Criterion, text: str, by: User) -> bool:
    noted = Event.objects.filter(stream=visit.dossier_id, kind=NOTED, actor=by.pk).order_by("seq")
    about = {"visit": visit.seq, "rubric": criterion[0], "criterion": criterion[1]}
    return any(each.comment == text and each.content["data"] == about for each in told(noted))
