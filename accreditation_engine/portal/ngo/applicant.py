"""Whose the pages of the self-assessment are."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from accreditation_engine.portal.dossier.reader import Reader, reader_of
from accreditation_engine.portal.people import signed_in


def applicant(request: HttpRequest, pk: UUID) -> Reader:
    """Only the organisation works on its self-assessment; for others there is the page to read it."""
    reader = reader_of(signed_in(request), pk)
    if not reader.plays("applicant"):
        raise Http404
    return reader
