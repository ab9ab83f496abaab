"""Organisations: finding one among thousands, and correcting what is known of it."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.correcting import correct_organisation
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.portal.tried import Tried, typed_text
from accreditation_engine.portal.whole_numbers import whole_number

from .access import of_every_scheme
from .organisation_page import CORRECT, REASON, SEEN, organisation_page
from .organisations_page import organisations_page


@require_safe
def all_organisations(request: HttpRequest) -> HttpResponse:
    context = organisations_page(of_every_scheme(request), request.GET)
    return render(request, "portal/all_organisations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one_organisation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is refused comes back as it was typed."""
    reader = of_every_scheme(request)
    organisation = get_object_or_404(Organisation, pk=pk)
    if request.method != "POST":
        return render(request, "portal/one_organisation.html", organisation_page(organisation, None))
    typed = typed_text(request)
    try:
        changed = correct_organisation(
            organisation=organisation,
            values=typed,
            seen=whole_number(typed.get(SEEN, "")) or 0,
            reason=typed.get(REASON, ""),
            by=reader.person,
        )
    except Refused as refused:
        context = organisation_page(organisation, Tried(CORRECT, tuple(refused.reasons), typed))
        return render(request, "portal/one_organisation.html", context, status=HTTPStatus.CONFLICT)
    if changed:
        messages.success(request, _("What is known of the organisation was changed."))
    else:
        messages.info(request, _("What you sent is what is known already; nothing was changed."))
    return redirect("one_organisation", pk=pk)
