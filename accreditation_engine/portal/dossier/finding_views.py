"""Raising a finding, naming who sees to it, and filing what was done."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.organisations.queries import workers_of
from accreditation_engine.portal.people import signed_in
from accreditation_engine.reviews.findings import findings_welcome, name_owner
from accreditation_engine.reviews.models import Finding

from .amend_form import amendment_of, may_amend, send_amendment
from .finding_form import Draft, form_of
from .findings import findings_seen, place_of_finding
from .reader import Reader, reader_of


@require_http_methods(["GET", "HEAD", "POST"])
def new_finding(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A form for reviewers, while reviews are made or have just been closed."""
    reader = reader_of(signed_in(request), pk)
    if not (reader.plays("reviewer") and findings_welcome(reader.dossier)):
        raise Http404
    draft = Draft.of(request.POST)
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST":
        try:
            finding = draft.send(reader)
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("The finding is raised."))
            if moved := draft.moved_to(finding):
                messages.info(request, moved)
            return redirect("dossier", pk=pk)
    status = HTTPStatus.CONFLICT if reasons else HTTPStatus.OK
    return render(request, "portal/new_finding.html", form_of(reader, draft, reasons), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, pk: UUID, finding_pk: UUID) -> HttpResponse:
    """Say better what was found, until it is answered."""
    reader, finding = seen(request, pk, finding_pk)
    if not may_amend(reader):
        raise Http404
    refused: Refused | None = None
    if request.method == "POST":
        try:
            send_amendment(finding, request.POST, reader.person)
        except Refused as against:
            refused = against
        else:
            messages.success(request, _("The text is amended. What it said before stays in the trail."))
            return _back(reader, finding)
    context = amendment_of(reader, finding, request.POST, refused)
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    return render(request, "portal/amend_finding.html", context, status=status)


@require_POST
def owner(request: HttpRequest, pk: UUID, finding_pk: UUID) -> HttpResponse:
    """Who sees to the corrective action; nobody in particular when nobody is chosen."""
    reader, finding = seen(request, pk, finding_pk)
    chosen = request.POST.get("owner", "")
    person = get_object_or_404(workers_of(reader.dossier.organisation_id), email=chosen) if chosen else None
    try:
        name_owner(finding=finding, owner=person, by=reader.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It is written down who sees to this finding."))
    return _back(reader, finding)


def seen(request: HttpRequest, pk: UUID, finding_pk: UUID) -> tuple[Reader, Finding]:
    """A finding that the reader does not see does not exist."""
    reader = reader_of(signed_in(request), pk)
    for each in findings_seen(reader):
        if each.pk == finding_pk:
            return reader, each
    raise Http404


def _back(reader: Reader, finding: Finding) -> HttpResponse:
    return redirect(place_of_finding(reader.dossier.pk, finding.pk))
