"""Who looked at what: an auditor's own looks, and everybody's for administrators."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accreditation_engine.portal.people import signed_in
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.search import Position, in_order

from .access import has_desk, reads_every_look
from .desk_frame import desk_frame
from .looks import LOOKED
from .spoken import spoken

ROWS = 40


@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    everybody = reads_every_look(person)
    if not (everybody or has_desk(person)):
        raise Http404
    events = Event.objects.filter(kind=LOOKED)
    events = events if everybody else events.filter(actor=person.pk, stream=person.pk)
    behind = Position.read(request.GET.get("behind", ""))
    found = list(in_order(events, newest_first=True, behind=behind)[: ROWS + 1])
    context = {
        **desk_frame("audit_looks", whole=has_desk(person)),
        "everybody": everybody,
        "has_desk": has_desk(person),
        "timeline": [each.entry for each in spoken(person, found[:ROWS])],
        "behind": str(Position.of(found[ROWS - 1])) if len(found) > ROWS else "",
    }
    return render(request, "portal/audit_looks.html", context)
