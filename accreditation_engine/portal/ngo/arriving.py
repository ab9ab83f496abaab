"""A file that the page of an area sends in pieces (tus 1.0.0, see uploads/tus.py): begun, gone on with, given up.

When it is whole, the page says so as it says of a file that it sends at once (sending.py), and is answered so.
What is refused here is answered in words as well: an object with `state` and `words`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accreditation_engine.definitions.rubric import Criterion
from accreditation_engine.dossiers.rules import answers_open
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.portal.dossier.addressed import find_section, find_supported
from accreditation_engine.portal.dossier.autosave import answer, closed
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.dossier.rubrics import Section
from accreditation_engine.uploads import tus
from accreditation_engine.uploads.arriving import (
    ChecksumMismatch,
    ElsewhereBy,
    begin,
    forget,
    of_owner,
    shown,
    take_piece,
    unfinished,
)
from accreditation_engine.uploads.models import Arriving

from .applicant import applicant

View = Callable[..., HttpResponse]


def spoken(view: View) -> View:
    """Answers whoever speaks another version, or says what cannot be read, as the protocol wants it."""

    @wraps(view)
    def answered(request: HttpRequest, **where: Any) -> HttpResponse:
        if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != tus.VERSION:
            response = HttpResponse(
                status=HTTPStatus.PRECONDITION_FAILED, headers={"Tus-Version": tus.VERSION}
            )
        else:
            try:
                response = view(request, **where)
            except tus.BadHeader as bad:
                response = HttpResponse(
                    bad.header, status=HTTPStatus.BAD_REQUEST, content_type="text/plain; charset=utf-8"
                )
        response.headers["Tus-Resumable"] = tus.VERSION
        return response

    return answered


@require_http_methods(["OPTIONS", "POST"])
@spoken
def arriving(request: HttpRequest, *, pk: UUID, rubric: str, area: str, criterion: str) -> HttpResponse:
    """What is spoken here, and a file that begins."""
    reader = applicant(request, pk)
    section = find_section(reader, rubric, area)
    supported = find_supported(section, criterion)
    if request.method == "OPTIONS":
        headers = tus.capabilities(settings.EVIDENCE_MAX_BYTES)
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=headers)
    if reasons := answers_open(reader.dossier):
        return closed(reasons)
    size, said = tus.number(request.headers, "Upload-Length"), tus.metadata(request.headers)
    try:
        begun = begin(
            owner=reader.person.pk,
            place=place_of(reader, section, supported),
            name=said.get("filename", ""),
            size=size,
        )
    except Refused as refused:
        large = any(each.code == "file_too_large" for each in refused.reasons)
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if large else HTTPStatus.CONFLICT
        return answer("refused", status, words=str(refused))
    headers = {"Location": address_of(reader, section, supported, begun), **_standing(begun)}
    return HttpResponse(status=HTTPStatus.CREATED, headers=headers)


@require_http_methods(["HEAD", "PATCH", "DELETE"])
@spoken
def arriving_file(
    request: HttpRequest, *, pk: UUID, rubric: str, area: str, criterion: str, arriving_pk: UUID
) -> HttpResponse:
    """How far a file has come; its next piece; that it is given up. It is there only for whoever began it."""
    reader = applicant(request, pk)
    section = find_section(reader, rubric, area)
    begun = find_arriving(reader, section, find_supported(section, criterion), str(arriving_pk))
    if request.method == "HEAD":
        return HttpResponse(headers={**_standing(begun), "Cache-Control": "no-store"})
    if request.method == "DELETE":
        forget(begun)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if reasons := answers_open(reader.dossier):
        return closed(reasons)
    return _next_piece(request, begun)


def _next_piece(request: HttpRequest, begun: Arriving) -> HttpResponse:
    if request.content_type != tus.MEDIA_TYPE:
        return HttpResponse(status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    offset = tus.number(request.headers, "Upload-Offset")
    length = tus.number(request.headers, "Content-Length")
    said = tus.checksum(request.headers)
    try:
        take_piece(begun, offset=offset, length=length, read=request.read, said=said)
    except ElsewhereBy:
        return HttpResponse(status=HTTPStatus.CONFLICT)
    except ChecksumMismatch:
        return HttpResponse(status=tus.CHECKSUM_MISMATCH, reason="Checksum Mismatch")
    except ValueError:
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=_standing(begun))


def _standing(begun: Arriving) -> dict[str, str]:
    return tus.standing(begun.offset, begun.size, begun.expires_at)


def find_arriving(reader: Reader, section: Section, criterion: Criterion, key: str) -> Arriving:
    """Raises Http404 for what is not the reader's own, is for something else, or has expired."""
    try:
        return of_owner(reader.person.pk).get(pk=key, place=place_of(reader, section, criterion))
    except (Arriving.DoesNotExist, ValidationError):
        raise Http404 from None


def arriving_here(reader: Reader, section: Section) -> list[dict[str, Any]]:
    """What the reader began to send for this area and did not end, for the script. Two queries."""
    named = {place_of(reader, section, each): each for each in section.area.criteria}
    begun = unfinished(reader.person.pk, within=f"{reader.dossier.pk}/{section.rubric.id}/")
    return [
        {
            **shown(each),
            "criterion": named[each.place].id,
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
