"""The road of a file, drawn over its workflow and told in tables."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation_engine.portal.auditor.access import AUDITOR
from accreditation_engine.portal.auditor.looks import look
from accreditation_engine.portal.dossier.history import moves
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import reader_of
from accreditation_engine.portal.people import signed_in

from .shown import by_state, drawing, stay_by_stay
from .spent import spent_in_words
from .stays import stays, taken

STAYS = 40


@require_safe
def road(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For those who see the trail of the file."""
    reader = reader_of(signed_in(request), pk)
    reader.must_see("trail")
    moved = [each for each in moves(pk)[pk] if each.target]
    now = timezone.now()
    found = stays(moved, now, reader.dossier.deadline_at)
    page = Paginator(found, STAYS).get_page(request.GET.get("page"))
    head = frame(reader, "trail")
    context = {
        **head,
        "breadcrumbs": [*head["breadcrumbs"], {"title": _("Progress")}],
        "page": page,
        "states": by_state(found),
        "stays": stay_by_stay(list(page)),
        "drawing": drawing(reader.scheme, moved, found),
        "road_alone": drawing(reader.scheme, moved, found, alone=True),
        "steps": len(taken(moved)),
        "since_opened": spent_in_words(now - moved[0].at) if moved else "",
    }
    if reader.plays(AUDITOR):
        look(reader.person, "road", dossier=pk)
    return render(request, "portal/dossier_road.html", context)
