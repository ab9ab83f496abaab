"""The page of a certificate in its file: where it stands, and what the reader can do with it: suspend it, appeal
against that, hear the appeal."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.said_anew import AMENDED
from accreditation_engine.certificates.status import public_status
from accreditation_engine.engine.visibility import visible
from accreditation_engine.portal.complaints.page import concerns_seen
from accreditation_engine.portal.dossier.acts import (
    Tried,
    take,
    version_of,
)
from accreditation_engine.portal.dossier.own_life import acts_on, said_of_step, say_done, steps_of
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader, reader_of
from accreditation_engine.portal.people import signed_in
from accreditation_engine.portal.public.badge import snippet_of
from accreditation_engine.portal.public.entry import language, outcome_badge, standing_badge, term_of
from accreditation_engine.portal.scope_change.page import on_certificate
from accreditation_engine.portal.upkeep.page import calls, upkeep_table
from accreditation_engine.portal.upkeep.suspension import (
    at_the_latest,
    suspension_notice,
    withdrawal_notice,
)
from accreditation_engine.trail.queries import Told

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
    say_done(request, found)
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
    address = reverse("certificate", args=[reader.dossier.pk, found.pk])
    suspended = suspension_notice(reader, found) or withdrawal_notice(reader, found)
    context: dict[str, Any] = {
        **frame(reader, "dossier"),
        **acts_on(reader, found, address, tried),
        "certificate": found,
        "standing": standing_badge(found),
        "outcome": outcome_badge(found),
        "term": term_of(found),
        "said": [said_of_step(reader, each, opened=_called(each)) for each in steps_of(found, AMENDED)],
        "snippet": snippet_of(found, language()) if reader.outside else "",
        "concerns": concerns_seen(reader),
        "renewal": renewal_address(reader, found),
        "suspended": suspended,
        "last_day": "" if suspended else at_the_latest(found),
        "scopes": on_certificate(reader, found),
        "upkeep": upkeep_table(reader, found),
        "ask": reverse("new_upkeep", args=[reader.dossier.pk, found.pk]) if calls(reader, found) else "",
        "report": reverse("report", args=[reader.dossier.pk])
        if reader.sees("report") and public_status(found) == "suspended"
        else "",
    }
    status = HTTPStatus.CONFLICT if tried else HTTPStatus.OK
    return render(request, "portal/certificate.html", context, status=status)


def _called(happened: Told) -> str:
    """What is no transition."""
    amended = happened.event.kind == AMENDED
    return _("It was amended after an appeal") if amended else _("It was issued")
