"""Files with a concern: with what whoever raised it writes, and with the answer of the organisation.

What a stranger sends shall tell nothing of them: pictures are drawn anew without place, moment and device, and
files bear the number of the concern instead of their names. What the organisation sends is kept as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Sum

from accreditation_engine.engine.acting import SYSTEM, SYSTEM_ROLE, Person, actor_of
from accreditation_engine.engine.perform import perform_many
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.organisations.documents.filing import bad_document
from accreditation_engine.trail.models import Event
from accreditation_engine.uploads.checking import bad_upload
from accreditation_engine.uploads.kept_filing import stored_now
from accreditation_engine.uploads.kinds import KINDS, NOT_ASKED_FOR, ending_of
from accreditation_engine.uploads.names import clean_name
from accreditation_engine.uploads.storing import file_digest
from accreditation_engine.uploads.traceless import without_traces

from .models import Complaint, ComplaintFile

FILED = "complaint_file_added"
FOLDER = "concerns/"
"""Apart from evidence and from documents, so that erasing one never takes another along."""
APPLICANT = "applicant"
MOST_AT_ONCE, MOST_OF_ONE, MOST_BYTES = 5, 10, 10 * 2**20
"""Of a stranger: files with one text, with one concern, and bytes of a file."""
MOST_WITH_ANSWERS = 20
TAKEN = sorted(KINDS.keys() - NOT_ASKED_FOR)
"""Photographs that cannot be drawn anew here (HEIC) are not taken: they would tell where they were taken."""


def flaws_of_strangers(uploads: Sequence[UploadedFile], before: int = 0) -> list[Reason]:
    """Why these are not taken with a concern that has so many already."""
    if len(uploads) > MOST_AT_ONCE or before + len(uploads) > MOST_OF_ONE:
        return [Reason("complaint_files_many", {"most": MOST_AT_ONCE, "all": MOST_OF_ONE})]
    return [reason for each in uploads for reason in _flaw(each)]


def _flaw(upload: UploadedFile) -> list[Reason]:
    name = clean_name(upload.name or "")
    if (upload.size or 0) > MOST_BYTES:
        return [Reason("file_too_large", {"name": name, "most": MOST_BYTES // 2**20})]
    if ending_of(name) not in TAKEN:
        return [Reason("file_kind", {"name": name, "kinds": [each[1:] for each in TAKEN]})]
    return bad_upload(upload)


def keep_of_stranger(complaint: Complaint, came_with: int, uploads: Sequence[UploadedFile]) -> None:
    """Keep what was not found wanting, with the text of the event `came_with`. The caller has locked the
    complaint, or opened it just now."""
    number = of_stranger(complaint) + 1
    for place, each in enumerate(uploads, start=number):
        ending = ending_of(clean_name(each.name or ""))
        name = f"{complaint.number}-{place}{ending}"
        _keep(complaint, came_with, without_traces(each), name, SYSTEM, SYSTEM_ROLE)


def of_stranger(complaint: Complaint) -> int:
    """How many files whoever raised it has sent, erased ones with them. One query."""
    return ComplaintFile.objects.filter(complaint=complaint, filed_by=None).count()


def answered_with(uploads: Sequence[UploadedFile]) -> Callable[..., Event]:
    """What takes the step of the organisation, with these files in the same transaction: as `engine.perform`."""

    def act(complaint: Complaint, transition: str, actor: Person, **more: Any) -> Event:
        """Raises Refused, with nothing done or kept, for files that are not taken as well."""
        wrong = [reason for each in uploads for reason in bad_document(each)]
        if wrong:
            raise Refused(wrong)
        with transaction.atomic():
            result = perform_many([complaint], transition, actor, **more)
            if complaint.pk in result.events:
                _keep_answer(complaint, result.events[complaint.pk], uploads, actor)
        if complaint.pk in result.refused:
            raise Refused(result.refused[complaint.pk])
        return result.events[complaint.pk]

    return act


def _keep_answer(complaint: Complaint, event: Event, uploads: Sequence[UploadedFile], actor: Person) -> None:
    """Raises Refused where the organisation has sent too much."""
    before = ComplaintFile.objects.filter(complaint=complaint).exclude(filed_by=None)
    held = before.aggregate(files=Count("pk"), bytes=Sum("size"))
    size = sum(each.size or 0 for each in uploads)
    too_many = held["files"] + len(uploads) > MOST_WITH_ANSWERS
    if uploads and (too_many or (held["bytes"] or 0) + size > settings.UPLOAD_MAX_BYTES):
        most = {"files": MOST_WITH_ANSWERS, "most": settings.UPLOAD_MAX_BYTES // 2**20}
        raise Refused([Reason("complaint_files_full", most)])
    for each in uploads:
        _keep(complaint, event.seq, each, "", actor, APPLICANT)


def _keep(complaint: Complaint, came_with: int, upload: UploadedFile, name: str, by: Any, role: str) -> None:
    """The same content with the same text is kept once; under its own name where it gets no other."""
    sha256 = file_digest(upload)
    if ComplaintFile.objects.filter(complaint=complaint, came_with=came_with, sha256=sha256).exists():
        return
    filed = ComplaintFile(
        complaint=complaint,
        came_with=came_with,
        **stored_now(upload, sha256, folder=FOLDER, by=actor_of(by).id, name=name),
    )
    event = record(complaint.pk, FILED, by, role=role, edition=complaint.edition_id, data=filed.said())
    filed.seq = event.seq
    filed.save(force_insert=True)


def files_of(complaint: Complaint) -> Mapping[int, list[ComplaintFile]]:
    """By the number of the event whose text they came with, also those that were erased. One query."""
    return files_of_many([complaint])[complaint.pk]


def files_of_many(complaints: Sequence[Complaint]) -> dict[UUID, dict[int, list[ComplaintFile]]]:
    """The same of each of `complaints`, by their ids. One query."""
    found: dict[UUID, dict[int, list[ComplaintFile]]] = {each.pk: {} for each in complaints}
    for each in ComplaintFile.objects.filter(complaint__in=found).order_by("complaint", "seq"):
        found[each.complaint_id].setdefault(each.came_with, []).append(each)
    return found
