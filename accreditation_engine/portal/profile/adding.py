"""Files that come with the form of a profile: each by itself, whatever else of the form is refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.files.uploadedfile import UploadedFile

from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.documents.filing import file_document
from accreditation_engine.organisations.models import Organisation, User
from accreditation_engine.organisations.profile import Document


def file_field(kind: str) -> str:
    return f"file-{kind}"


def add_documents(
    organisation: Organisation, files: Mapping[str, UploadedFile], by: User
) -> tuple[int, dict[str, str]]:
    """How many were added, and why others were not, by their fields."""
    added, wrong = 0, {}
    for kind in Document.values:
        upload = files.get(file_field(kind))
        if upload is None:
            continue
        try:
            file_document(organisation=organisation, document=kind, upload=upload, by=by)
            added += 1
        except Refused as refused:
            wrong[file_field(kind)] = str(refused)
    return added, wrong
