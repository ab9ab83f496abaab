"""Whose the pages of the self-assessment are."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from accreditation_engine.dossiers.rules import answers_open
from accreditation_engine.engine.parts import READS_ONLY
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.portal.dossier.reader import Reader, reader_of
from accreditation_engine.portal.people import signed_in


def applicant(request: HttpRequest, pk: UUID) -> Reader:
    """Only the organisation has its self-assessment; for others there is the page to read it."""
    reader = reader_of(signed_in(request), pk)
    if not reader.plays("applicant"):
        raise Http404
    return reader


def closed_to(reader: Reader) -> list[Reason]:
    """Why whoever reads cannot work on the self-assessment now; nothing where they can."""
    return answers_open(reader.dossier) if reader.acts("applicant") else [Reason(READS_ONLY)]
