"""The overview of a dossier: where it stands, and what the reader may do."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.engine.options import options
from accreditation_engine.engine.words import transition_title
from accreditation_engine.portal.people import signed_in

from .acts import Desk, Tried, actions, refusal, take, version_of
from .facts import facts
from .page import frame
from .reader import Reader, reader_of
from .road import Stop, road, travelled
from .states import shown_title


@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page, and the transitions of the dossier that are sent to it."""
    reader = reader_of(signed_in(request), pk)
    stops = travelled(reader)
    if request.method == "POST":
        tried = take(reader.dossier, reader.person, request.POST, version_of(reader.dossier, stops[-1].seq))
        if tried is None:
            return _done(request, reader)
        reader = reader_of(reader.person, pk)
        return show(request, reader, travelled(reader), tried)
    return show(request, reader, stops)


def _done(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Say what was done, and show the page anew: a reload repeats nothing."""
    dossier = reader.dossier
    words = {
        "step": transition_title(dossier.edition_id, request.POST["transition"]),
        "state": shown_title(reader.scheme, dossier.state, outside=reader.outside),
    }
    messages.success(request, _("Done: %(step)s. The file is now in “%(state)s”.") % words)
    return redirect("dossier", pk=dossier.pk)


def show(request: HttpRequest, reader: Reader, stops: list[Stop], tried: Tried | None = None) -> HttpResponse:
    dossier = reader.dossier
    address = reverse("dossier", args=[dossier.pk])
    links: dict[str, str] = {}
    desk = Desk(dossier, address, version_of(dossier, stops[-1].seq), reader.outside, tried, links=links)
    context = {
        **frame(reader, "dossier"),
        "notice": refusal(tried, outside=reader.outside, links=links),
        "road": road(reader, stops),
        "facts": facts(reader),
        "actions": actions(desk, options(dossier, reader.person)),
    }
    status = HTTPStatus.CONFLICT if tried else HTTPStatus.OK
    return render(request, "portal/dossier.html", context, status=status)
