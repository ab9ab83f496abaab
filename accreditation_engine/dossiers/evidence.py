"""Filing evidence: each file is checked, stored under the hash of its content, and written into the trail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.salted import new_salt, salted_digest
from accreditation_engine.uploads.checking import bad_upload
from accreditation_engine.uploads.kinds import kind_of
from accreditation_engine.uploads.names import clean_name
from accreditation_engine.uploads.storing import file_digest, store_once

from .domain import locked_row
from .models import Dossier, Evidence
from .rules import answers_open, require_member
from .typed import Criterion

MOST_FILES = 5000
"""Of one dossier, also those that were taken back."""


@dataclass(frozen=True)
class Seen:
    """On which visit (the event that planned it) reviewers saw what they file, and when."""

    visit: int
    on: date


def file_evidence(
    *, dossier: Dossier, rubric: str, criterion: str, upload: UploadedFile, by: User
) -> Evidence:
    """Add a file to an answer. Raises Refused for an unknown criterion, a closed self-assessment, and a file that
    the check of uploads does not take; nothing is stored then. The same file for the same
    criterion twice (a form sent twice) is once."""
    wrong = bad_upload(upload)
    sha256 = "" if wrong else file_digest(upload)
    return add_to_answer(
        dossier=dossier,
        rubric=rubric,
        criterion=criterion,
        upload=upload,
        sha256=sha256,
        wrong=wrong,
        by=by,
    )


def add_to_answer(
    *,
    dossier: Dossier,
    rubric: str,
    criterion: str,
    upload: UploadedFile,
    sha256: str,
    wrong: Iterable[Reason],
    by: User,
) -> Evidence:
    """The same of a file that was looked into before, with what was found `wrong`, while no row was locked."""
    with transaction.atomic():
        locked = locked_row(dossier)
        require_member(locked, by)
        reasons = [*answers_open(locked), *bad_criterion(locked, rubric, criterion), *wrong]
        if reasons:
            raise Refused(reasons)
        return file_once(
            dossier=dossier, rubric=rubric, criterion=criterion, upload=upload, sha256=sha256, by=by
        )


def file_once(
    *, dossier: Dossier, rubric: str, criterion: str, upload: UploadedFile, sha256: str, by: User
) -> Evidence:
    """The organisation's file in evidence of a criterion: the one that lies there, where it filed the same before,
    else stored now. Whether it may come is for the caller to say, who has locked the dossier."""
    standing = Evidence.objects.filter(
        dossier=dossier, rubric=rubric, criterion=criterion, sha256=sha256, taken_back_at=None, visit=None
    ).first()
    return standing or keep_file(
        dossier=dossier, rubric=rubric, criterion=criterion, upload=upload, sha256=sha256, by=by
    )


def files_once(
    *,
    dossier: Dossier,
    criterion: Criterion,
    uploads: Iterable[UploadedFile],
    digests: Iterable[str],
    by: User,
) -> dict[str, Evidence]:
    """The same of files that come together, with their SHA-256, by which they are found in what is given back."""
    rubric, name = criterion
    return {
        sha256: file_once(dossier=dossier, rubric=rubric, criterion=name, upload=upload, sha256=sha256, by=by)
        for sha256, upload in zip(digests, uploads, strict=True)
    }


def keep_file(
    *,
    dossier: Dossier,
    rubric: str,
    criterion: str,
    upload: UploadedFile,
    sha256: str,
    by: User,
    seen: Seen | None = None,
) -> Evidence:
    """Store a file in evidence and write it down: the organisation's, or what a reviewer has `seen`. Whether it
    may come is for the caller to say, who has locked the dossier. Raises Refused where the dossier is full."""
    name = clean_name(upload.name or "")
    kind = kind_of(name)
    assert kind is not None  # noqa: S101 - the check of uploads took it
    require_room(dossier, sha256, upload.size or 0)
    return _filed(
        Evidence(
            dossier=dossier,
            rubric=rubric,
            criterion=criterion,
            name=name,
            file=store_once(upload, sha256),
            media_type=kind.media_type,
            size=upload.size or 0,
            sha256=sha256,
            visit=seen.visit if seen else None,
            seen_on=seen.on if seen else None,
        ),
        by,
    )


def file_stored(*, dossier: Dossier, earlier: Evidence, by: User) -> Evidence:
    """File in `dossier`, for the same criterion, what lies in the store for another file. Whether it may come, and
    that its content is there, is for the caller to say."""
    return _filed(
        Evidence(
            dossier=dossier,
            rubric=earlier.rubric,
            criterion=earlier.criterion,
            name=earlier.name,
            file=earlier.file.name,
            media_type=earlier.media_type,
            size=earlier.size,
            sha256=earlier.sha256,
        ),
        by,
    )


def _filed(evidence: Evidence, by: User) -> Evidence:
    evidence.name_salt, evidence.filed_by, evidence.filed_at = new_salt(), by, timezone.now()
    evidence.save(force_insert=True)
    _record(evidence, "evidence_filed", by, **_details(evidence))
    return evidence


def require_room(dossier: Dossier, sha256: str, size: int) -> None:
    """Raises Refused where a dossier would hold too much with this content. What was taken back stays on record
    and counts; the same content twice counts once. One query."""
    others = dossier.evidence.filter(content_erased_at=None).exclude(sha256=sha256)
    held = others.values("sha256", "size").distinct().aggregate(files=Count("sha256"), bytes=Sum("size"))
    if held["files"] >= MOST_FILES or (held["bytes"] or 0) + size > settings.DOSSIER_MAX_BYTES:
        most = {"files": MOST_FILES, "most": settings.DOSSIER_MAX_BYTES // 2**20}
        raise Refused([Reason("dossier_full", most)])


def take_back(*, evidence: Evidence, by: User) -> None:
    """Leave a file out of the answer again. It stays on record. What reviewers saw is not the organisation's to
    take back."""
    with transaction.atomic():
        locked = locked_row(evidence.dossier)
        require_member(locked, by)
        reasons = answers_open(locked)
        if evidence.visit is not None:
            reasons = [Reason("seen_on_a_visit")]
        if reasons:
            raise Refused(reasons)
        leave_out(evidence, by)


def leave_out(evidence: Evidence, by: User) -> None:
    """The same, where the caller has said that it may be and has locked the dossier. Twice is once."""
    standing = Evidence.objects.filter(pk=evidence.pk, taken_back_at=None)
    if standing.update(taken_back_at=timezone.now()):
        _record(evidence, "evidence_taken_back", by, **_named(evidence))


def bad_criterion(dossier: Dossier, rubric: str, criterion: str) -> list[Reason]:
    """Why nothing is filed for that criterion: the dossier's edition does not ask for it."""
    known = compiled(dossier.edition_id).asked.get(rubric)
    if known and any(each.id == criterion for each in known.every_criterion()):
        return []
    return [Reason("unknown_criterion", {"criterion": criterion})]


def _details(evidence: Evidence) -> dict[str, Any]:
    """What the event keeps of a file beside its content. People's names stand in names of files."""
    return {
        **_named(evidence),
        "media_type": evidence.media_type,
        "size": evidence.size,
        **({"seen_on": evidence.seen_on.isoformat()} if evidence.seen_on else {}),
    }


def _named(evidence: Evidence) -> dict[str, str]:
    """Nothing of a file whose name was not salted when it was filed: its digest could be guessed."""
    salt = evidence.name_salt
    return {"file_name": salted_digest(salt, evidence.name)} if salt else {}


def _record(evidence: Evidence, kind: str, by: User, **details: Any) -> None:
    record(
        evidence.dossier_id,
        kind,
        by,
        role="applicant" if evidence.visit is None else "reviewer",
        edition=evidence.dossier.edition_id,
        data={
            "rubric": evidence.rubric,
            "criterion": evidence.criterion,
            "sha256": evidence.sha256,
            **({} if evidence.visit is None else {"visit": evidence.visit}),
            **details,
        },
    )
