"""What is spoken with whoever sends a file in pieces (tus 1.0.0, see uploads/tus.py), whatever it is for: it is
begun, gone on with, given up. What is refused is answered in words as well: an object with `state` and `words`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.portal.dossier.autosave import answer, closed
from accreditation_engine.uploads import tus
from accreditation_engine.uploads.arriving import (
    ChecksumMismatch,
    ElsewhereBy,
    begin,
    forget,
    of_owner,
    take_piece,
)
from accreditation_engine.uploads.models import Arriving

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


def begins(
    request: HttpRequest,
    *,
    owner: UUID,
    place: str,
    against: Sequence[Reason],
    address_of: Callable[[Arriving], str],
) -> HttpResponse:
    """What is spoken here, and a file that begins. `against` says why none is taken at `place` any more."""
    if request.method == "OPTIONS":
        headers = tus.capabilities(settings.EVIDENCE_MAX_BYTES)
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=headers)
    if against:
        return closed(against)
    size, said = tus.number(request.headers, "Upload-Length"), tus.metadata(request.headers)
    try:
        begun = begin(owner=owner, place=place, name=said.get("filename", ""), size=size)
    except Refused as refused:
        large = any(each.code == "file_too_large" for each in refused.reasons)
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if large else HTTPStatus.CONFLICT
        return answer("refused", status, words=str(refused))
    headers = {"Location": address_of(begun), **_standing(begun)}
    return HttpResponse(status=HTTPStatus.CREATED, headers=headers)


def goes_on(request: HttpRequest, begun: Arriving, *, against: Sequence[Reason]) -> HttpResponse:
    """How far a file has come; its next piece; that it is given up, which is always possible."""
    if request.method == "HEAD":
        return HttpResponse(headers={**_standing(begun), "Cache-Control": "no-store"})
    if request.method == "DELETE":
        forget(begun)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return closed(against) if against else _next_piece(request, begun)


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


def begun_by(owner: UUID, place: str, key: str) -> Arriving:
    """Raises Http404 for what somebody else began, is for something else, or has expired."""
    try:
        return of_owner(owner).get(pk=key, place=place)
    except (Arriving.DoesNotExist, ValidationError):
        raise Http404 from None
