"""One piece of evidence: to look at on a page of the site, and to be saved."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.dossiers.stored_files import opened_as_filed
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.portal.given_out import page_drawn, pages_in, to_be_saved
from accreditation_engine.portal.leafing import page_wanted
from accreditation_engine.portal.people import signed_in
from accreditation_engine.uploads import links
from accreditation_engine.uploads.links import link_in
from accreditation_engine.uploads.previews import PREVIEWED

from .anonymous import file_called, knows
from .answers import LOOKED_AT
from .evidence_page import evidence_page
from .reader import Reader, reader_of


@require_safe
def evidence(request: HttpRequest, pk: UUID, evidence_pk: int) -> HttpResponseBase:
    """To be saved, never to be opened inside the site; and never another than was filed."""
    reader, filed = _seen(request, pk, evidence_pk)
    name = file_called(filed, named=knows(reader)) if filed.name else filed.sha256
    try:
        content = opened_as_filed(filed)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("dossier", pk=pk)
    return to_be_saved(content, name=name, media_type=filed.media_type)


@require_safe
def preview(request: HttpRequest, pk: UUID, evidence_pk: int) -> HttpResponse:
    """A page of it, with what is known of the file beside."""
    reader, filed = _previewed(request, pk, evidence_pk, LOOKED_AT)
    try:
        with opened_as_filed(filed) as content:
            pages = pages_in(content, filed.media_type)
            link = link_in(content, filed.name) if filed.media_type == links.MEDIA_TYPE else None
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("dossier", pk=pk)
    context = evidence_page(reader, filed, pages, page_wanted(request, pages))
    return render(request, "portal/evidence.html", {**context, "link": link})


@require_safe
def page(request: HttpRequest, pk: UUID, evidence_pk: int, page: int) -> HttpResponse:
    """The picture of a page of it."""
    _reader, filed = _previewed(request, pk, evidence_pk)
    return page_drawn(filed, page, opened=opened_as_filed)


def _seen(request: HttpRequest, pk: UUID, evidence_pk: int) -> tuple[Reader, Evidence]:
    """A file that the reader does not see does not exist, nor does one that was taken back or erased."""
    reader = reader_of(signed_in(request), pk)
    reader.must_see("evidence")
    standing = Evidence.objects.filter(dossier=reader.dossier, taken_back_at=None, content_erased_at=None)
    return reader, get_object_or_404(standing, pk=evidence_pk)


def _previewed(
    request: HttpRequest, pk: UUID, evidence_pk: int, among: frozenset[str] = PREVIEWED
) -> tuple[Reader, Evidence]:
    """The same where there is something to look at, of the media types in `among`."""
    reader, filed = _seen(request, pk, evidence_pk)
    if filed.media_type not in among:
        raise Http404
    return reader, filed
