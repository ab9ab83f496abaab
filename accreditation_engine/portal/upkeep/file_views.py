"""Files of upkeep: added before they are handed in, taken back, saved, and looked at on a page of the site."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accreditation_engine.certificates.models import Upkeep, UpkeepFile
from accreditation_engine.certificates.upkeep.filing import take_back_file
from accreditation_engine.certificates.upkeep.words import kind_title
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.documents.stored import opened_document
from accreditation_engine.portal.dossier.filing import keep_words
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.given_out import page_drawn, pages_in, to_be_saved
from accreditation_engine.portal.identifiers import identifier
from accreditation_engine.portal.leafing import leaf, page_wanted
from accreditation_engine.uploads.previews import PREVIEWED

from .files import TAKE_BACK, any_sent, files_sent, files_shown, refused_files
from .views import seen_upkeep, show
from .waiting import address_of


@require_POST
def upkeep_files(request: HttpRequest, pk: UUID, certificate_pk: UUID, upkeep_pk: UUID) -> HttpResponse:
    """Files that come before what they belong to is filed, or one that is taken back: what was typed stays."""
    reader, found = seen_upkeep(request, pk, certificate_pk, upkeep_pk)
    if not reader.acts("applicant"):
        raise Http404
    if TAKE_BACK in request.POST:
        return _take_back(request, reader, found)
    if reasons := files_sent(request, found, reader.person):
        return show(request, reader, found, refused_files(request, found, reasons))
    if any_sent(request):
        messages.success(request, _("The files are added. They are handed in when you file what is asked."))
    address = address_of(found)
    keep_words(request, reader.person, page=address, address=address)
    return redirect(address)


def _take_back(request: HttpRequest, reader: Reader, found: Upkeep) -> HttpResponse:
    filed = get_object_or_404(found.files, pk=identifier(request.POST[TAKE_BACK]))
    filed.upkeep = found
    try:
        take_back_file(filed=filed, by=reader.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        words = _("“%(name)s” is taken back. It stays on record, and is not handed in.")
        messages.success(request, words % isolated({"name": filed.name}))
    return redirect(address_of(found))


@require_safe
def upkeep_file(
    request: HttpRequest, pk: UUID, certificate_pk: UUID, upkeep_pk: UUID, file_pk: UUID
) -> HttpResponseBase:
    """To be saved, never to be opened inside the site; and never another than was filed."""
    _reader, found = seen_upkeep(request, pk, certificate_pk, upkeep_pk)
    filed = _standing(found, file_pk)
    try:
        content = opened_document(filed)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(address_of(found))
    return to_be_saved(content, name=filed.name, media_type=filed.media_type)


@require_safe
def upkeep_file_preview(
    request: HttpRequest, pk: UUID, certificate_pk: UUID, upkeep_pk: UUID, file_pk: UUID
) -> HttpResponse:
    """A page of it, with what is known of the file beside."""
    reader, found = seen_upkeep(request, pk, certificate_pk, upkeep_pk)
    filed = _previewed(found, file_pk)
    try:
        with opened_document(filed) as content:
            pages = pages_in(content, filed.media_type)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(address_of(found))
    return render(request, "portal/evidence.html", _page(request, reader, filed, pages))


def _page(request: HttpRequest, reader: Reader, filed: UpkeepFile, pages: int) -> dict[str, Any]:
    """The context of portal/evidence.html."""
    found, page = filed.upkeep, page_wanted(request, pages)
    shown = files_shown(found, removable=False)
    (file,) = (each for each in shown if each["id"] == filed.pk)
    address = [found.dossier_id, found.certificate_id, found.pk, filed.pk]
    picture = reverse("upkeep_file_page", args=[*address, page])
    return {
        **frame(reader, "dossier"),
        "file": file,
        "criterion": kind_title(found.kind),
        "back": address_of(found),
        **leaf(file["name"], page=page, pages=pages, picture=picture),
        "beside_title": _("Other files with it"),
        "beside": [each for each in shown if each["id"] != filed.pk],
    }


@require_safe
def upkeep_file_page(
    request: HttpRequest, pk: UUID, certificate_pk: UUID, upkeep_pk: UUID, file_pk: UUID, page: int
) -> HttpResponse:
    """The picture of a page of it."""
    _reader, found = seen_upkeep(request, pk, certificate_pk, upkeep_pk)
    filed = _previewed(found, file_pk)
    return page_drawn(filed, page, opened=opened_document)


def _standing(found: Upkeep, file_pk: UUID) -> UpkeepFile:
    """One that was taken back or erased does not exist."""
    filed: UpkeepFile = get_object_or_404(found.files.filter(taken_back_at=None, erased_at=None), pk=file_pk)
    filed.upkeep = found
    return filed


def _previewed(found: Upkeep, file_pk: UUID) -> UpkeepFile:
    filed = _standing(found, file_pk)
    if filed.media_type not in PREVIEWED:
        raise Http404
    return filed
