"""A file that the page of an area sends in pieces (tus 1.0.0, see uploads/tus.py): begun, gone on with, given up.

When it is whole, the page says so as it says of a file that it sends at once (sending.py), and is answered so.
What is spoken: portal/sending/protocol.py.
"""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accreditation_engine.definitions.rubric import Criterion
from accreditation_engine.portal.dossier.addressed import find_section, find_supported
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.dossier.rubrics import Section
from accreditation_engine.portal.sending.protocol import begins, begun_by, goes_on, spoken
from accreditation_engine.uploads.arriving import shown, unfinished
from accreditation_engine.uploads.models import Arriving

from .applicant import applicant, closed_to


@require_http_methods(["OPTIONS", "POST"])
@spoken
def arriving(request: HttpRequest, *, pk: UUID, rubric: str, area: str, criterion: str) -> HttpResponse:
    """What is spoken here, and a file that begins."""
    reader = applicant(request, pk)
    section = find_section(reader, rubric, area)
    supported = find_supported(section, criterion)
    return begins(
        request,
        owner=reader.person.pk,
        place=place_of(reader, section, supported),
        against=closed_to(reader),
        address_of=partial(address_of, reader, section, supported),
    )


@require_http_methods(["HEAD", "PATCH", "DELETE"])
@spoken
def arriving_file(
    request: HttpRequest, *, pk: UUID, rubric: str, area: str, criterion: str, arriving_pk: UUID
) -> HttpResponse:
    """How far a file has come; its next piece; that it is given up. It is there only for whoever began it."""
    reader = applicant(request, pk)
    section = find_section(reader, rubric, area)
    begun = find_arriving(reader, section, find_supported(section, criterion), str(arriving_pk))
    return goes_on(request, begun, against=closed_to(reader))


def find_arriving(reader: Reader, section: Section, criterion: Criterion, key: str) -> Arriving:
    """Raises Http404 for what is not the reader's own, is for something else, or has expired."""
    return begun_by(reader.person.pk, place_of(reader, section, criterion), key)


def arriving_here(reader: Reader, section: Section) -> list[dict[str, Any]]:
    """What the reader began to send for this area and did not end, for the script. Two queries."""
    named = {place_of(reader, section, each): each for each in section.area.criteria}
    begun = unfinished(reader.person.pk, within=f"{reader.dossier.pk}/{section.rubric.id}/")
    return [
        {
            **shown(each),
            "criterion": named[each.place].id,
            "place": address_of(reader, section, named[each.place]),
            "address": address_of(reader, section, named[each.place], each),
        }
        for each in begun
        if each.place in named
    ]


def place_of(reader: Reader, section: Section, criterion: Criterion) -> str:
    return f"{reader.dossier.pk}/{section.rubric.id}/{criterion.id}"


def address_of(reader: Reader, section: Section, criterion: Criterion, begun: Arriving | None = None) -> str:
    """Where a file of this criterion is begun, or gone on with."""
    where = [reader.dossier.pk, section.rubric.id, section.area.id, criterion.id]
    return (
        reverse("arriving_file", args=[*where, begun.pk]) if begun else reverse("arriving_files", args=where)
    )
