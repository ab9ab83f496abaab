"""Taking events away: streamed, logged, and withheld as on pages."""

from __future__ import annotations

from itertools import chain, islice

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation_engine.certificates.paper.typesetting import TypesettingError
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.trail.transparency.checkpoints import latest

from .access import desk_of
from .choices import chips
from .export_files import lines, table
from .export_paper import paper
from .exporting import CSV, LINES, PAPER, events_told, in_language
from .filters import Filters
from .looks import look
from .spoken import Spoken, names_in

MOST_ON_PAPER = 2_000
STREAMED = {CSV: (table, "text/csv; charset=utf-8"), LINES: (lines, "application/jsonl; charset=utf-8")}


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The search of the address as a file. What cannot be looked for is told on the page of the search."""
    desk = desk_of(request)
    if kind not in (*STREAMED, PAPER):
        raise Http404
    filters = Filters.of(desk, request.GET)
    if filters.wrong:
        return redirect(reverse("audit") + filters.address())
    look(desk.person, "export", asked={**filters.codes, "format": kind}, said=filters.words)
    if kind == PAPER:
        return _on_paper(request, filters)
    write, media_type = STREAMED[kind]
    said = in_language(get_language() or "ar", write(events_told(filters)))
    return _named(StreamingHttpResponse(said, content_type=media_type), kind)


def _on_paper(request: HttpRequest, filters: Filters) -> HttpResponseBase:
    events = list(islice(chain.from_iterable(events_told(filters)), MOST_ON_PAPER + 1))
    if len(events) > MOST_ON_PAPER:
        words = _(
            "Paper holds at most %(most)d events, and these are more. Choose fewer, or take the table (CSV), which"
            " holds any number."
        )
        messages.error(request, words % isolated({"most": MOST_ON_PAPER}))
        return redirect(reverse("audit") + filters.address())
    try:
        content = _set(filters, events)
    except TypesettingError:
        messages.error(
            request,
            _("This cannot be set on paper: it holds letters that no font here has. Take the table (CSV)."),
        )
        return redirect(reverse("audit") + filters.address())
    return _named(HttpResponse(content, content_type="application/pdf"), PAPER)


def _set(filters: Filters, events: list[Spoken]) -> bytes:
    chosen = [(each["field"], each["value"]) for each in chips(filters, names_in(events))]
    return paper(events, chosen, filters.desk.person.name, latest())


def _named(response: HttpResponseBase, kind: str) -> HttpResponseBase:
    moment = f"{timezone.localtime():%Y%m%d-%H%M}"
    response.headers["Content-Disposition"] = f'attachment; filename="events-{moment}.{kind}"'
    return response
