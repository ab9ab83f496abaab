"""A trail to be printed: what stands above its events, so that a sheet says by itself what it is a part of."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.trail.models import Event

PRINT = "print"
"""The parameter of the address."""
EVENTS = 40
PRINTED = 400
"""Events on one page that is made to be printed: some forty sheets, which is as many as anybody staples."""


def paged(request: HttpRequest, events: QuerySet[Event]) -> Page[Event]:
    """To be read on a screen the latest first; to be printed from the beginning, as it happened."""
    whole = PRINT in request.GET
    ordered = events.order_by("seq" if whole else "-seq")
    return Paginator(ordered, PRINTED if whole else EVENTS).get_page(request.GET.get("page"))


def on_paper(request: HttpRequest, reader: Reader, page: Page[Event], address: str) -> dict[str, Any]:
    """For portal/trail_on_paper.html: which events these are, of how many, and who printed them when. No query."""
    shown, whole = sorted(page, key=lambda each: each.seq), PRINT in request.GET
    count = page.paginator.count
    counted = {"first": page.start_index(), "last": page.end_index(), "count": count}
    if shown and not whole:
        counted |= {"first": shown[0].seq, "last": shown[-1].seq}
    facts: list[dict[str, Any]] = [
        {"term": _("Events"), "value": _("%(first)d to %(last)d of %(count)d") % isolated(counted)},
        {"term": _("Printed by"), "value": str(reader.person)},
        {"term": _("Printed on"), "value": timezone.now(), "kind": "moment"},
    ]
    if shown:
        facts.append({"term": _("Hash of the last event here"), "value": shown[-1].hash, "kind": "code"})
    return {
        "whole": whole,
        "facts": facts,
        "parts": page.paginator.num_pages if whole else 1,
        "part": page.number,
        "most": PRINTED,
        "address": f"{address}?{PRINT}=1",
        "screen": address,
        "possible": count > 0 and not whole,
    }
