"""Files with concerns: saved, and looked at on a page of the site, by whoever reads the text that they came
with."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation_engine.complaints.models import ComplaintFile
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.documents.stored import opened_document
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.given_out import page_drawn, pages_in, to_be_saved
from accreditation_engine.portal.leafing import leaf, page_wanted
from accreditation_engine.uploads.previews import PREVIEWED

from .files import listed
from .views import seen_complaint


@require_safe
def complaint_file(request: HttpRequest, pk: UUID, complaint_pk: UUID, file_pk: UUID) -> HttpResponseBase:
    """To be saved, never to be opened inside the site, and never another than was filed."""
    _reader, filed = _standing(request, pk, complaint_pk, file_pk)
    try:
        content = opened_document(filed)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("complaint", pk=pk, complaint_pk=complaint_pk)
    return to_be_saved(content, name=filed.name, media_type=filed.media_type)


@require_safe
def complaint_file_preview(request: HttpRequest, pk: UUID, complaint_pk: UUID, file_pk: UUID) -> HttpResponse:
    """A page of it, with what is known of the file beside."""
    reader, filed = _previewed(request, pk, complaint_pk, file_pk)
    try:
        with opened_document(filed) as content:
            pages = pages_in(content, filed.media_type)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("complaint", pk=pk, complaint_pk=complaint_pk)
    return render(request, "portal/evidence.html", _page(request, reader, filed, pages))


def _page(request: HttpRequest, reader: Reader, filed: ComplaintFile, pages: int) -> dict[str, Any]:
    """The context of portal/evidence.html."""
    found, page = filed.complaint, page_wanted(request, pages)
    (file,) = listed([filed], read=True)
    picture = reverse("complaint_file_page", args=[found.dossier_id, found.pk, filed.pk, page])
    return {
        **frame(reader, "dossier"),
        "file": {**file, "at": filed.filed_at},
        "criterion": _("Concern %(number)s") % isolated({"number": found.number}),
        "back": reverse("complaint", args=[found.dossier_id, found.pk]),
        **leaf(file["name"], page=page, pages=pages, picture=picture),
    }


@require_safe
def complaint_file_page(
    request: HttpRequest, pk: UUID, complaint_pk: UUID, file_pk: UUID, page: int
) -> HttpResponse:
    """The picture of a page of it."""
    _reader, filed = _previewed(request, pk, complaint_pk, file_pk)
    return page_drawn(filed, page, opened=opened_document)


def _standing(
    request: HttpRequest, pk: UUID, complaint_pk: UUID, file_pk: UUID
) -> tuple[Reader, ComplaintFile]:
    """One that was erased does not exist, nor does one of a concern that the reader does not see."""
    reader, found = seen_complaint(request, pk, complaint_pk)
    filed = get_object_or_404(ComplaintFile, pk=file_pk, complaint=found, erased_at=None)
    filed.complaint = found
    return reader, filed


def _previewed(
    request: HttpRequest, pk: UUID, complaint_pk: UUID, file_pk: UUID
) -> tuple[Reader, ComplaintFile]:
    reader, filed = _standing(request, pk, complaint_pk, file_pk)
    if filed.media_type not in PREVIEWED:
        raise Http404
    return reader, filed
