"""The trail of a file, and the proof that it is as it was written."""

from __future__ import annotations

from itertools import islice
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import reader_of
from accreditation_engine.portal.people import signed_in
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.verification import Tally

from .timeline import timeline

EVENTS = 40
PROBLEMS_TOLD = 5


@require_safe
def trail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every event of the file, the latest first."""
    reader = reader_of(signed_in(request), pk)
    reader.must_see("trail")
    events = Event.objects.filter(stream=pk).order_by("-seq")
    page = Paginator(events, EVENTS).get_page(request.GET.get("page"))
    context = {**frame(reader, "trail"), "page": page, "timeline": timeline(reader, list(page))}
    return render(request, "portal/trail.html", context)


@require_POST
def verification(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Recompute the trail of this file, and say what came of it."""
    reader = reader_of(signed_in(request), pk)
    reader.must_see("trail")
    tally = Tally()
    problems = list(islice(verify_all(stream=pk, tally=tally), PROBLEMS_TOLD))
    for each in problems:
        messages.error(
            request,
            _("Event %(seq)d is not as it was written (%(code)s). Tell the administrator.")
            % isolated({"seq": each.seq, "code": each.code}),
        )
    if not problems:
        words = ngettext(
            "Verified: %(count)d event stands as it was written, and the state of the file follows from it.",
            "Verified: %(count)d events stand as they were written, and the state of the file follows from them.",
            tally.events,
        )
        messages.success(request, words % isolated({"count": tally.events}))
    return redirect("trail", pk=pk)
