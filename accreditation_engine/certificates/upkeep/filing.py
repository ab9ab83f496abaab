"""Files that an organisation adds to what it files: checked as evidence is, stored under the hash of their
content, and written into the trail of the upkeep."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from accreditation_engine.definitions.workflow import State
from accreditation_engine.dossiers.rules import require_role
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.judging import deadline_passed
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.organisations.documents.filing import bad_document
from accreditation_engine.organisations.documents.stored import opened_document
from accreditation_engine.organisations.models import DocumentFile, User
from accreditation_engine.trail.models import Event
from accreditation_engine.uploads.kept_filing import stored_now
from accreditation_engine.uploads.storing import file_digest

from .models import Upkeep, UpkeepFile

ADDED, TAKEN_BACK = "upkeep_file_added", "upkeep_file_taken_back"
FOLDER = "upkeep/"
"""Apart from evidence and from documents, so that erasing one never takes another along."""
MOST_FILES = 200
"""Of one upkeep, also those that were taken back."""
APPLICANT = "applicant"


def add_file(*, upkeep: Upkeep, upload: UploadedFile, by: User, document: str = "") -> UpkeepFile:
    """The same content that stands there already is that file. Raises Refused for everybody but the organisation,
    while nothing is awaited from it, for a file that the check of uploads does not take, and where too much was
    filed; nothing is stored then."""
    role = require_role(upkeep.dossier, by, APPLICANT)
    wrong = bad_document(upload)
    sha256 = "" if wrong else file_digest(upload)
    with transaction.atomic():
        locked = Upkeep.objects.select_for_update().get(pk=upkeep.pk)
        reasons = [*why_no_files(locked), *wrong]
        if reasons:
            raise Refused(reasons)
        there = UpkeepFile.objects.filter(upkeep=locked, sha256=sha256, taken_back_at=None, erased_at=None)
        if (standing := there.first()) is not None:
            return standing
        _require_room(locked, upload.size or 0)
        return _kept(locked, upload, sha256, by, role, document)


def add_document(*, upkeep: Upkeep, document: DocumentFile, by: User) -> UpkeepFile:
    """A document of the organisation's profile, as if it came today: a copy, which stays as it was handed in
    whatever becomes of the profile. Raises Refused as `add_file` does, and where it is not the organisation's, or
    is erased."""
    require_role(upkeep.dossier, by, APPLICANT)
    if document.organisation_id != upkeep.organisation_id or document.erased_at is not None:
        raise Refused([Reason("not_filed_before")])
    with opened_document(document) as content:
        upload = UploadedFile(content, document.name, document.media_type, document.size)
        return add_file(upkeep=upkeep, upload=upload, by=by, document=document.document)


def take_back_file(*, filed: UpkeepFile, by: User) -> None:
    """Leave it out again; it stays on record. Twice is once. Raises Refused for everybody but the organisation,
    while nothing is awaited from it, and for what was handed in already."""
    role = require_role(filed.upkeep.dossier, by, APPLICANT)
    with transaction.atomic():
        locked = Upkeep.objects.select_for_update().get(pk=filed.upkeep_id)
        reasons = list(why_no_files(locked))
        if filed.seq < handed_in_seq(locked):
            reasons.append(Reason("upkeep_file_handed_in", {"name": filed.name}))
        if reasons:
            raise Refused(reasons)
        standing = UpkeepFile.objects.filter(pk=filed.pk, taken_back_at=None)
        if standing.update(taken_back_at=timezone.now()):
            said = {"file": str(filed.pk), "sha256": filed.sha256}
            record(locked.pk, TAKEN_BACK, by, role=role, edition=locked.edition_id, data=said)


def why_no_files(upkeep: Upkeep) -> list[Reason]:
    """None while it waits for the organisation."""
    scheme = compiled(upkeep.edition_id)
    state: State = scheme.workflow.states[upkeep.state]
    if state.waits_for != APPLICANT:
        return [Reason("upkeep_not_awaited", {"state": upkeep.state, "edition": upkeep.edition_id})]
    return deadline_passed(upkeep, scheme, timezone.now())


def handed_in_seq(upkeep: Upkeep) -> int:
    """The number of the last step that the organisation took; 0 before the first. One query."""
    steps = Event.objects.filter(stream=upkeep.pk, kind="transition", role=APPLICANT)
    return steps.order_by("-seq").values_list("seq", flat=True).first() or 0


def _require_room(upkeep: Upkeep, size: int) -> None:
    held = upkeep.files.filter(erased_at=None).aggregate(files=Count("pk"), bytes=Sum("size"))
    if held["files"] >= MOST_FILES or (held["bytes"] or 0) + size > settings.DOSSIER_MAX_BYTES:
        most = {"files": MOST_FILES, "most": settings.DOSSIER_MAX_BYTES // 2**20}
        raise Refused([Reason("upkeep_full", most)])


def _kept(
    upkeep: Upkeep, upload: UploadedFile, sha256: str, by: User, role: str, document: str
) -> UpkeepFile:
    filed = UpkeepFile(
        upkeep=upkeep, document=document, **stored_now(upload, sha256, folder=FOLDER, by=by.pk)
    )
    event = record(upkeep.pk, ADDED, by, role=role, edition=upkeep.edition_id, data=filed.said())
    filed.seq = event.seq
    filed.save(force_insert=True)
    return filed
