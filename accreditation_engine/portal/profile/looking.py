"""A document of the profile, looked at on a page of the site: as pictures, as evidence is."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.documents.stored import opened_document
from accreditation_engine.organisations.models import DocumentFile, Organisation
from accreditation_engine.organisations.profile_words import document_title
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.given_out import page_drawn, pages_in
from accreditation_engine.portal.leafing import leaf, page_wanted
from accreditation_engine.portal.people import signed_in
from accreditation_engine.uploads.previews import PREVIEWED

from .found import found_document


@require_safe
def document_preview(request: HttpRequest, pk: UUID, document_pk: UUID) -> HttpResponse:
    """A page of it, with what is known of the file beside."""
    organisation, filed = _previewed(request, pk, document_pk)
    try:
        with opened_document(filed) as content:
            pages = pages_in(content, filed.media_type)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("organisation_profile", pk=pk)
    page = page_wanted(request, pages)
    picture = reverse("document_page", args=[pk, document_pk, page])
    context = {
        "head": {"title": document_title(filed.document), "eyebrow": organisation.name_in(language())},
        "breadcrumbs": [
            {
                "title": _("Profile of the organisation"),
                "url": reverse("organisation_profile", args=[pk]),
            },
            {"title": document_title(filed.document)},
        ],
        "file": filed,
        **leaf(filed.name, page=page, pages=pages, picture=picture),
    }
    return render(request, "portal/document.html", context)


@require_safe
def document_page(request: HttpRequest, pk: UUID, document_pk: UUID, page: int) -> HttpResponse:
    """The picture of a page of it."""
    _organisation, filed = _previewed(request, pk, document_pk)
    return page_drawn(filed, page, opened=opened_document)


def _previewed(request: HttpRequest, pk: UUID, document_pk: UUID) -> tuple[Organisation, DocumentFile]:
    """What cannot be looked at has no such page."""
    organisation, filed = found_document(signed_in(request), pk, document_pk)
    if filed.media_type not in PREVIEWED:
        raise Http404
    return organisation, filed
