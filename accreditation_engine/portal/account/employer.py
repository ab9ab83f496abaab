"""Saying where one works: who works with an organisation's people does not judge it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.employer import name_employer
from accreditation_engine.portal.people import signed_in

from .preferences import account_page


@require_POST
def say_employer(request: HttpRequest) -> HttpResponse:
    person, typed = signed_in(request), request.POST.get("employer", "")
    try:
        name_employer(user=person, employer=typed, by=person)
    except Refused as refused:
        return account_page(request, employer=typed, employer_error=str(refused), status=409)
    messages.success(request, _("Kept. Files of organisations with which you work there are for others."))
    return redirect("account")
