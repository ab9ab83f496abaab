"""Documents of a profile that come ahead of its form, in pieces (portal/sending/protocol.py)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.profile import Document
from accreditation_engine.organisations.queries import organisations_worked_for
from accreditation_engine.portal.people import signed_in
from accreditation_engine.portal.sending.protocol import begins, begun_by, goes_on, spoken
from accreditation_engine.portal.sending.words import sending_words
from accreditation_engine.uploads.arriving import shown, unfinished
from accreditation_engine.uploads.models import Arriving


@dataclass(frozen=True)
class DocumentPlace:
    """What a file is sent for: one kind of an organisation's documents."""

    organisation: UUID
    document: str

    @property
    def key(self) -> str:
        return f"{self.organisation}/@document/{self.document}"

    @property
    def address(self) -> str:
        return reverse("document_files", args=[self.organisation, self.document])

    def address_of(self, begun: Arriving) -> str:
        return reverse("document_file", args=[self.organisation, self.document, begun.pk])


def sent_before(person: User, organisation: UUID) -> dict[str, Any]:
    """For parts/sending.html, with what `person` began to send and did not hand in. Two queries at most."""
    places = {each.key: each for each in (DocumentPlace(organisation, kind) for kind in Document.values)}
    begun = unfinished(person.pk, within=DocumentPlace(organisation, "").key)
    return sending_words(
        [
            {**shown(each), "place": place.address, "address": place.address_of(each)}
            for each in begun
            if (place := places.get(each.place))
        ]
    )


@require_http_methods(["OPTIONS", "POST"])
@spoken
def document_files(request: HttpRequest, *, pk: UUID, document: str) -> HttpResponse:
    """What is spoken here, and a file that begins."""
    person, place = _place(request, pk, document)
    return begins(request, owner=person.pk, place=place.key, against=(), address_of=place.address_of)


@require_http_methods(["HEAD", "PATCH", "DELETE"])
@spoken
def document_file(request: HttpRequest, *, pk: UUID, document: str, arriving_pk: UUID) -> HttpResponse:
    """How far a file has come; its next piece; that it is given up. It is there only for whoever began it."""
    person, place = _place(request, pk, document)
    return goes_on(request, begun_by(person.pk, place.key, str(arriving_pk)), against=())


def _place(request: HttpRequest, pk: UUID, document: str) -> tuple[User, DocumentPlace]:
    """Raises Http404 for everybody but the organisation's people."""
    person = signed_in(request)
    if document not in Document.values or not organisations_worked_for(person).filter(pk=pk).exists():
        raise Http404
    return person, DocumentPlace(pk, document)
