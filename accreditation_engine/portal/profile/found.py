"""Whose profile somebody may open, and which of its documents."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from accreditation_engine.organisations.models import (
    DocumentFile,
    Membership,
    Organisation,
    Standing,
    User,
)
from accreditation_engine.portal.people import files_of


def found_organisation(person: User, pk: UUID) -> tuple[Organisation, bool]:
    """The organisation, and whether the reader changes its profile. Raises Http404 for everybody but its people
    and coordinators of one of its files. Three queries at most."""
    own = Membership.objects.select_related("organisation").filter(
        user=person, organisation=pk, ended_at=None
    )
    if (mine := own.first()) is not None:
        return mine.organisation, mine.standing != Standing.READER
    theirs = files_of(person, "coordinator").filter(organisation=pk).first()
    if theirs is None:
        raise Http404
    return theirs.organisation, False


def found_document(person: User, pk: UUID, document: UUID) -> tuple[Organisation, DocumentFile]:
    """A version of a document, for whoever reads the profile. Raises Http404 as above, and for what was erased."""
    organisation, _theirs = found_organisation(person, pk)
    standing = DocumentFile.objects.filter(organisation=organisation, erased_at=None)
    return organisation, get_object_or_404(standing, pk=document)
