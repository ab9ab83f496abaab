"""Files of a form that come in pieces. When one is whole the form hands it in by its number (handed.py)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_safe

from accreditation_engine.engine.words import words_for_applicants
from accreditation_engine.portal.dossier.reader import reader_of
from accreditation_engine.portal.people import signed_in

from .allowed import FORMS, why_not_sent
from .places import Place, begun_before
from .protocol import begins, begun_by, goes_on, spoken


@require_safe
def begun_files(request: HttpRequest, *, pk: UUID, form: str) -> HttpResponse:
    """What the reader began to send for forms of this kind, for the script of a page that does not say it."""
    reader = reader_of(signed_in(request), pk)
    if form not in FORMS:
        raise Http404
    return JsonResponse({"unfinished": begun_before(reader.person, pk, form)})


@require_http_methods(["OPTIONS", "POST"])
@spoken
def form_files(request: HttpRequest, *, pk: UUID, form: str, about: str) -> HttpResponse:
    """What is spoken here, and a file that begins."""
    reader, place = reader_of(signed_in(request), pk), Place(pk, form, about)
    against = why_not_sent(reader, form, about)
    with words_for_applicants(reader.outside):
        return begins(
            request,
            owner=reader.person.pk,
            place=place.key,
            against=against,
            address_of=place.address_of,
        )


@require_http_methods(["HEAD", "PATCH", "DELETE"])
@spoken
def form_file(request: HttpRequest, *, pk: UUID, form: str, about: str, arriving_pk: UUID) -> HttpResponse:
    """How far a file has come; its next piece; that it is given up. It is there only for whoever began it."""
    reader, place = reader_of(signed_in(request), pk), Place(pk, form, about)
    against = why_not_sent(reader, form, about)
    begun = begun_by(reader.person.pk, place.key, str(arriving_pk))
    with words_for_applicants(reader.outside):
        return goes_on(request, begun, against=against)
