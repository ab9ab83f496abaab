"""Adding a version of a document: checked as evidence is, stored under the hash of its content, and written into
the organisation's trail."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Sum

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.organisations.models import DocumentFile, Organisation, User
from accreditation_engine.organisations.profile import APPLICANT, Document
from accreditation_engine.organisations.roles import acts_for
from accreditation_engine.uploads.checking import bad_upload
from accreditation_engine.uploads.kept_filing import stored_now
from accreditation_engine.uploads.kinds import LINKS, kind_of
from accreditation_engine.uploads.names import clean_name
from accreditation_engine.uploads.storing import file_digest

FILED = "document_filed"
FOLDER = "documents/"
"""Apart from evidence, so that erasing one never takes the other along."""
MOST_FILES = 500
"""Of one organisation, with those of before."""


def file_document(
    *, organisation: Organisation, document: str, upload: UploadedFile, by: User
) -> DocumentFile:
    """A new version of `document`. The same content as the newest one has is that one. Raises Refused for
    everybody who does not act for the organisation, for a file that the check of uploads does not take, and where
    the organisation has filed too much; nothing is stored then."""
    wrong = _unlike(document) or bad_document(upload)
    sha256 = "" if wrong else file_digest(upload)
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        if not acts_for(by.pk, organisation):
            raise Refused([Reason("not_your_role", {"roles": [APPLICANT]})])
        if wrong:
            raise Refused(wrong)
        newest = newest_of(organisation).get(document)
        if newest is not None and newest.sha256 == sha256:
            return newest
        _require_room(organisation, upload.size or 0)
        return _kept(organisation, document, upload, sha256, by)


def newest_of(organisation: Organisation) -> dict[str, DocumentFile]:
    """By kind, of what was not erased. One query."""
    return {each.document: each for each in standing(organisation)}


def standing(organisation: Organisation) -> list[DocumentFile]:
    """Every version that was not erased, the oldest first. One query."""
    rows = DocumentFile.objects.filter(organisation=organisation, erased_at=None)
    return list(rows.order_by("filed_at", "pk"))


def bad_document(upload: UploadedFile) -> list[Reason]:
    """Why a file is not taken where links are none: else as evidence is."""
    name = clean_name(upload.name or "")
    if kind_of(name) is LINKS:
        return [Reason("document_is_a_link", {"name": name})]
    return bad_upload(upload)


def _unlike(document: str) -> list[Reason]:
    return [] if document in Document.values else [Reason("unknown_document", {"value": document})]


def _require_room(organisation: Organisation, size: int) -> None:
    held = DocumentFile.objects.filter(organisation=organisation, erased_at=None).aggregate(
        files=Count("pk"), bytes=Sum("size")
    )
    if held["files"] >= MOST_FILES or (held["bytes"] or 0) + size > settings.DOSSIER_MAX_BYTES:
        most = {"files": MOST_FILES, "most": settings.DOSSIER_MAX_BYTES // 2**20}
        raise Refused([Reason("documents_full", most)])


def _kept(
    organisation: Organisation, document: str, upload: UploadedFile, sha256: str, by: User
) -> DocumentFile:
    filed = DocumentFile.objects.create(
        organisation=organisation,
        document=document,
        **stored_now(upload, sha256, folder=FOLDER, by=by.pk),
    )
    record(organisation.pk, FILED, by, role=APPLICANT, data=filed.said())
    return filed
