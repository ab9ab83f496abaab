"""The profile: its people change it, and coordinators of its files read it."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.organisations.models import Organisation, User
from accreditation_engine.organisations.profile import profile_of
from accreditation_engine.organisations.queries import organisations_of
from accreditation_engine.portal.people import files_of, signed_in

from .form import keep, kept
from .page import profile_page


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = signed_in(request)
    organisation, theirs = _found(person, pk)
    if request.method == "POST":
        if not theirs:
            raise Http404
        sent = keep(organisation, request.POST.dict(), person)
        if not sent.errors:
            messages.success(request, _("The profile is saved."))
            return redirect("organisation_profile", pk=pk)
        context = profile_page(organisation, profile_of(pk), sent)
        return render(request, "portal/profile.html", context, status=HTTPStatus.CONFLICT)
    known = profile_of(pk)
    form = kept(organisation, known) if theirs else None
    return render(request, "portal/profile.html", profile_page(organisation, known, form))


def _found(person: User, pk: UUID) -> tuple[Organisation, bool]:
    """The organisation, and whether it is the reader's own. Raises Http404 for everybody else but coordinators of
    one of its files. Three queries at most."""
    own = organisations_of(person).filter(pk=pk).first()
    if own is not None:
        return own, True
    theirs = files_of(person, "coordinator").filter(organisation=pk).first()
    if theirs is None:
        raise Http404
    return theirs.organisation, False
