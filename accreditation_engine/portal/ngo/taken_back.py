"""A file has just been taken back from a criterion: there it can be put back."""

from __future__ import annotations

from django.http import HttpRequest

from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.dossier.rubrics import Section
from accreditation_engine.portal.whole_numbers import OF_A_ROW, whole_number

TAKEN_BACK = "taken_back"


def taken_back_in(request: HttpRequest, reader: Reader, section: Section) -> Evidence | None:
    """The file that the address names, where it was taken back from this area. One query, none where none is
    named."""
    named = whole_number(request.GET.get(TAKEN_BACK, ""), digits=OF_A_ROW)
    if named is None:
        return None
    rows = reader.dossier.evidence.exclude(taken_back_at=None).filter(content_erased_at=None, visit=None)
    filed = rows.filter(pk=named).first()
    return filed if filed is not None and (filed.rubric, filed.criterion) in section.keys else None
