"""Files that come with the form of a profile: each by itself, whatever else of the form is refused."""

from __future__ import annotations

from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.documents.filing import file_document
from accreditation_engine.organisations.models import Organisation, User
from accreditation_engine.organisations.profile import Document
from accreditation_engine.portal.sending.handed import files_handed

from .arriving import DocumentPlace


def file_field(kind: str) -> str:
    return f"file-{kind}"


def number_field(kind: str) -> str:
    """Holds the number of a file that came ahead of the form."""
    return f"arrived-{kind}"


def add_documents(request: HttpRequest, organisation: Organisation, by: User) -> tuple[int, dict[str, str]]:
    """How many were added, and why others were not, by their fields."""
    added, wrong = 0, {}
    for kind in Document.values:
        place, field, number = DocumentPlace(organisation.pk, kind), file_field(kind), number_field(kind)
        keep = partial(_add, organisation, kind, by)
        try:
            with files_handed(request, by, place, field, arrived=number) as handed:
                handed.each_by_itself(keep)
                added += len(handed.uploads)
        except Refused as refused:
            wrong[field] = str(refused)
    return added, wrong


def _add(organisation: Organisation, kind: str, by: User, upload: UploadedFile) -> None:
    file_document(organisation=organisation, document=kind, upload=upload, by=by)
