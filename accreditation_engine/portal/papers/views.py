"""How far the papers of certificates are, for those who coordinate and administer."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accreditation_engine.organisations.administering import ADMINISTRATOR
from accreditation_engine.portal.people import parts_of, signed_in
from accreditation_engine.portal.season.late import COORDINATOR

from .page import papers_page


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    if not {COORDINATOR, ADMINISTRATOR} & set(parts_of(person)):
        raise Http404
    return render(request, "portal/papers.html", papers_page(person, request.GET))
