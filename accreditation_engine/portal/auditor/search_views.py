"""The desk's first page: every event the auditor may see, narrowed down as the address says."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation_engine.trail.search import Position, in_order

from .access import desk_of
from .choices import chips, field_title, lists
from .desk_frame import desk_frame
from .exporting import offered, readable
from .filters import CHOSEN, FIELDS, Filters
from .looks import look
from .spoken import names_in, spoken

ROWS = 40


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    desk = desk_of(request)
    filters = Filters.of(desk, request.GET)
    behind = Position.read(request.GET.get("behind", ""))
    found = list(in_order(filters.events(), newest_first=filters.newest_first, behind=behind)[: ROWS + 1])
    events = readable(filters, spoken(desk.person, found[:ROWS]))
    further = str(Position.of(found[ROWS - 1])) if len(found) > ROWS else ""
    first = request.GET.get("with", "")
    context = {
        **desk_frame("audit"),
        "filters": filters,
        "fields": {name: field_title(name) for name in FIELDS},
        "lists": lists(filters),
        "by_code": any(name in filters.asked for name in CHOSEN),
        "chips": chips(filters, names_in(events)),
        "events": events,
        "quiet": filters.address(every="1") if filters.quiet else "",
        "aloud": filters.address(every="") if filters.every else "",
        "empty": _empty(filters),
        "first_page": filters.address() if behind else "",
        "next_page": filters.address(behind=further) if further else "",
        "order": filters.address(order="oldest" if filters.newest_first else ""),
        "first": first,
        "choosing": {"text": _("Tick the other event, then compare the two.")} if first else None,
        "exports": offered(filters, events) if events else [],
    }
    look(desk.person, "search", asked=filters.codes, said=filters.words)
    return render(request, "portal/audit.html", context)


def _empty(filters: Filters) -> dict[str, Any]:
    """Shown where nothing fits: what to do about it."""
    if not filters.asked and not filters.wrong:
        return {"sentence": _("Nothing has happened yet that you may see.")}
    if filters.wrong:
        names = _(", ").join(field_title(name) for name in FIELDS if name in filters.wrong)
        sentence = _("Not understood: %(names)s. What is wrong with it stands above, at the field.") % {
            "names": names
        }
    elif "actor" in filters.asked and not filters.actors:
        sentence = _("Nobody by this name ever acted here. Try a part of the name, or another spelling.")
    elif "q" in filters.asked:
        sentence = _(
            "No comment that you may read holds all these words. Try fewer words, or a part of a word."
        )
    else:
        sentence = _("No event fits all that you chose. Take one of the choices away.")
    everything = {"title": _("Show all events"), "url": reverse("audit")}
    return {"icon": "search", "sentence": sentence, "action": everything}
