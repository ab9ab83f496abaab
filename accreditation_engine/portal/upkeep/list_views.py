"""The list of all upkeep, for those of the body who look after it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accreditation_engine.organisations.models import User
from accreditation_engine.portal.people import parts_of, signed_in

from .filters import LOOK_AFTER, Filters
from .listed import as_table, list_page


@require_safe
def upkeep_list(request: HttpRequest) -> HttpResponse:
    """Narrowed down as the address says."""
    filters = Filters.of(request, _looks_after(request))
    return render(request, "portal/upkeep_list.html", list_page(filters, request.GET.get("page")))


@require_safe
def upkeep_export(request: HttpRequest) -> StreamingHttpResponse:
    """All that fits, however much it is."""
    filters = Filters.of(request, _looks_after(request))
    response = StreamingHttpResponse(as_table(filters), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="upkeep-{timezone.localdate()}.csv"'
    return response


def _looks_after(request: HttpRequest) -> User:
    person = signed_in(request)
    if not any(role in parts_of(person) for role in LOOK_AFTER):
        raise Http404
    return person
