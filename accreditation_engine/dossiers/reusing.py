"""A document that was filed once serves again: for another criterion, or in a file of another year. Its bytes lie
there once; that it was filed again is an event of its own."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.organisations.documents.stored import opened_document
from accreditation_engine.organisations.models import DocumentFile, User
from accreditation_engine.uploads.checking import bad_upload

from .evidence import add_to_answer
from .models import Dossier, Evidence
from .rules import require_member
from .stored_files import opened_as_filed


def filed_before(dossier: Dossier) -> QuerySet[Evidence]:
    """What the dossier's organisation itself has filed, here and in its other files, and has not taken back; the
    newest first. What was erased by law serves nobody again."""
    own = Evidence.objects.filter(
        dossier__organisation=dossier.organisation_id, visit=None, taken_back_at=None, content_erased_at=None
    )
    return own.exclude(name="").select_related("dossier").order_by("-filed_at", "-pk")


def file_again(*, dossier: Dossier, rubric: str, criterion: str, earlier: Evidence, by: User) -> Evidence:
    """File `earlier` in evidence of this criterion too, under the name it has. The same twice is once.

    Raises Refused as `file_evidence` does; for what is not among `filed_before`; where what is stored is not what
    was filed; and where the file would not be taken if it came today.
    """
    require_member(dossier, by)
    if not filed_before(dossier).filter(pk=earlier.pk).exists():
        raise Refused([Reason("not_filed_before")])
    return _filed_again(dossier, rubric, criterion, earlier, by)


def put_back(*, evidence: Evidence, by: User) -> Evidence:
    """File what was taken back where it was. Twice is once. Raises Refused as `file_again` does."""
    require_member(evidence.dossier, by)
    if evidence.visit is not None or evidence.content_erased_at or not evidence.name:
        raise Refused([Reason("not_filed_before")])
    return _filed_again(evidence.dossier, evidence.rubric, evidence.criterion, evidence, by)


def file_document(
    *, dossier: Dossier, rubric: str, criterion: str, document: DocumentFile, by: User
) -> Evidence:
    """File the `document` of the profile of the dossier's organisation in evidence of this criterion. It is
    copied: what was handed in stays as it was, whatever becomes of the profile. The same twice is once. Raises
    Refused as `file_again` does."""
    require_member(dossier, by)
    if document.organisation_id != dossier.organisation_id or document.erased_at is not None:
        raise Refused([Reason("not_filed_before")])
    with opened_document(document) as content:
        upload = UploadedFile(content, document.name, document.media_type, document.size)
        return _filed(dossier, rubric, criterion, upload, document.sha256, by)


def _filed_again(dossier: Dossier, rubric: str, criterion: str, earlier: Evidence, by: User) -> Evidence:
    with opened_as_filed(earlier) as content:
        upload = UploadedFile(content, earlier.name, earlier.media_type, earlier.size)
        return _filed(dossier, rubric, criterion, upload, earlier.sha256, by)


def _filed(
    dossier: Dossier, rubric: str, criterion: str, upload: UploadedFile, sha256: str, by: User
) -> Evidence:
    """As if it came today."""
    return add_to_answer(
        dossier=dossier,
        rubric=rubric,
        criterion=criterion,
        upload=upload,
        sha256=sha256,
        wrong=bad_upload(upload),
        by=by,
    )
