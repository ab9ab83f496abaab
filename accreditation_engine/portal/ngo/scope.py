"""The page on which an organisation says what of it its certificate shall cover."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.dossiers.stating_scope import state_scope
from accreditation_engine.engine.words import words_for_applicants
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.scope_fields import CODES, scope_entries, scope_errors, typed_scope
from accreditation_engine.portal.tried import attempt

from .applicant import applicant, closed_to

FORM = "scope"


@words_for_applicants()
@require_http_methods(["GET", "HEAD", "POST"])
def scope(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Until the file is handed in; afterwards the scope is read with the file."""
    reader = applicant(request, pk)
    if request.method != "POST" and closed_to(reader):
        return redirect("dossier", pk=pk)
    tried = None
    if request.method == "POST":
        tried = attempt(
            request,
            FORM,
            lambda: state_scope(dossier=reader.dossier, scope=typed_scope(request), by=reader.person),
        )
        if tried is None:
            messages.success(request, _("What the certificate shall cover is kept."))
            return redirect(reverse("self_assessment", args=[pk]) + "#scope")
    other = [each for each in (tried.reasons if tried else ()) if each.code not in CODES]
    context = {
        **frame(reader, "answers"),
        "entries": scope_entries(reader.dossier.scope, tried),
        "errors": [*scope_errors(tried), *({"target": "", "text": str(each)} for each in other)],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if tried else HTTPStatus.OK
    return render(request, "portal/state_scope.html", context, status=status)
