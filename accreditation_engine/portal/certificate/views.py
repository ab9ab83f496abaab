"""The page of a certificate in its file: where it stands, and what the reader can do with it: suspend it, appeal
against that, hear the appeal."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.options import options
from accreditation_engine.engine.visibility import visible
from accreditation_engine.engine.words import state_title, transition_title
from accreditation_engine.portal.complaints.page import concerns_seen
from accreditation_engine.portal.dossier.acts import (
    Desk,
    Tried,
    actions,
    left_over,
    refusal,
    take,
    version_of,
)
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader, reader_of
from accreditation_engine.portal.people import signed_in
from accreditation_engine.portal.public.badge import snippet_of
from accreditation_engine.portal.public.entry import language, outcome_badge, standing_badge
from accreditation_engine.portal.upkeep.page import calls, upkeep_table

from .renewal import renewal_address

SEEN = "certificate"
"""What the state of a certificate `shows`."""


@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, pk: UUID, certificate_pk: UUID) -> HttpResponse:
    """For those who see the decision on the file, and the certificate where it stands."""
    reader = reader_of(signed_in(request), pk)
    reader.must_see("decision")
    found = find_certificate(reader, certificate_pk)
    if request.method != "POST":
        return _show(request, reader, found)
    tried = take(found, reader.person, request.POST, version_of(found, found.entered_seq))
    if tried is not None:
        found.refresh_from_db()
        return _show(request, reader, found, tried)
    words = {
        "step": transition_title(found.edition_id, request.POST["transition"]),
        "state": state_title(found.edition_id, found.state),
    }
    messages.success(request, _("Done: %(step)s. The state is now “%(state)s”.") % isolated(words))
    return redirect("certificate", pk=pk, certificate_pk=found.pk)


def find_certificate(reader: Reader, pk: UUID) -> Certificate:
    """Raises Http404 where the file has none of this id, or its state shows it to none of the reader's parts."""
    issued = Certificate.objects.filter(dossier=reader.dossier).select_related("dossier__organisation")
    found = get_object_or_404(issued, pk=pk)
    if SEEN not in visible(found, reader.roles):
        reader.must_see()
    return found


def _show(
    request: HttpRequest, reader: Reader, found: Certificate, tried: Tried | None = None
) -> HttpResponse:
    links: dict[str, str] = {}
    desk = Desk(
        found,
        reverse("certificate", args=[reader.dossier.pk, found.pk]),
        version_of(found, found.entered_seq),
        reader.outside,
        tried,
        links=links,
    )
    offered = actions(desk, reader.offered(options(found, reader.person)))
    context: dict[str, Any] = {
        **frame(reader, "dossier"),
        "certificate": found,
        "standing": standing_badge(found),
        "outcome": outcome_badge(found),
        "snippet": snippet_of(found, language()) if reader.outside else "",
        "actions": offered,
        "kept_text": left_over(tried, {found.pk: offered}),
        "concerns": concerns_seen(reader),
        "renewal": renewal_address(reader, found),
        "upkeep": upkeep_table(reader, found),
        "ask": reverse("new_upkeep", args=[reader.dossier.pk, found.pk]) if calls(reader, found) else "",
        "report": reverse("report", args=[reader.dossier.pk]) if reader.sees("report") else "",
        "notice": refusal(tried, compiled(found.edition_id), outside=reader.outside, links=links),
    }
    status = HTTPStatus.CONFLICT if tried else HTTPStatus.OK
    return render(request, "portal/certificate.html", context, status=status)
