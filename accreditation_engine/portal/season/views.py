"""The season at a glance."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accreditation_engine.portal.people import parts_of, signed_in

from .late import COORDINATOR
from .page import season_page


@require_safe
def season(request: HttpRequest) -> HttpResponse:
    """Where the files stand that the reader coordinates."""
    person = signed_in(request)
    if COORDINATOR not in parts_of(person):
        raise Http404
    return render(request, "portal/season.html", season_page(person))
