"""The page of what happened."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation_engine.portal.people import signed_in

from .last_visit import last_visit
from .page import letters_of, nothing, rows

LETTERS = 25


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What was written to the reader, the newest first, and which of it is new since their last visit."""
    person = signed_in(request)
    page = Paginator(letters_of(person), LETTERS).get_page(request.GET.get("page"))
    before = last_visit(person)
    context = {
        "head": {"title": _("What is new")},
        "page": page,
        "before": before,
        "rows": rows(person, page, before),
        "nothing": nothing(),
    }
    return render(request, "portal/news.html", context)
