"""The profile: its people change it, and coordinators of its files read it."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.documents.stored import opened_document
from accreditation_engine.organisations.profile import profile_of
from accreditation_engine.portal.given_out import to_be_saved
from accreditation_engine.portal.people import signed_in

from .adding import add_documents
from .arriving import sent_before
from .form import keep, kept
from .found import found_document, found_organisation
from .page import profile_page


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = signed_in(request)
    organisation, theirs = found_organisation(person, pk)
    if request.method == "POST":
        if not theirs:
            raise Http404
        added, refused = add_documents(request, organisation, person)
        if added:
            words = ngettext("%(count)d document was added.", "%(count)d documents were added.", added)
            messages.success(request, words % {"count": added})
        sent = keep(organisation, request.POST.dict(), person)
        sent.errors |= refused
        if not sent.errors:
            messages.success(request, _("The profile is saved."))
            return redirect("organisation_profile", pk=pk)
        context = profile_page(organisation, profile_of(pk), sent)
        context["sending"] = sent_before(person, pk)
        return render(request, "portal/profile.html", context, status=HTTPStatus.CONFLICT)
    known = profile_of(pk)
    form = kept(organisation, known) if theirs else None
    context = profile_page(organisation, known, form)
    context["sending"] = sent_before(person, pk) if theirs else None
    return render(request, "portal/profile.html", context)


@require_safe
def document(request: HttpRequest, pk: UUID, document_pk: UUID) -> HttpResponseBase:
    """To be saved, never to be opened inside the site; for whoever reads the profile."""
    _organisation, filed = found_document(signed_in(request), pk, document_pk)
    try:
        content = opened_document(filed)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("organisation_profile", pk=pk)
    return to_be_saved(content, name=filed.name, media_type=filed.media_type)
