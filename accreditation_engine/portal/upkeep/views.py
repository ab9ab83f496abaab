"""The pages of upkeep: asking something of the holder of a certificate, and what became of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.certificates.models import Certificate, Upkeep
from accreditation_engine.certificates.upkeep.models import Kind
from accreditation_engine.certificates.upkeep.opening import call_upkeep
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.visibility import visible
from accreditation_engine.portal.days import day_typed
from accreditation_engine.portal.dossier.acts import Tried, take, version_of
from accreditation_engine.portal.dossier.own_life import say_done
from accreditation_engine.portal.dossier.reader import Reader, reader_of
from accreditation_engine.portal.people import signed_in
from accreditation_engine.portal.tried import attempt

from .files import DOCUMENT, any_sent, files_sent, refused_files
from .page import FORM, call_page, calls, upkeep_page
from .waiting import SEEN, address_of


@require_http_methods(["GET", "HEAD", "POST"])
def new_upkeep(request: HttpRequest, pk: UUID, certificate_pk: UUID) -> HttpResponse:
    """A form for those who may ask something of the holder while the certificate counts."""
    reader = reader_of(signed_in(request), pk)
    reader.must_see("decision")
    certificates = Certificate.objects.filter(dossier=reader.dossier).select_related("dossier__organisation")
    certificate = get_object_or_404(certificates, pk=certificate_pk)
    role = calls(reader, certificate)
    if not role:
        raise Http404
    tried = None
    if request.method == "POST":
        opened: list[Upkeep] = []
        tried = attempt(request, FORM, lambda: opened.append(_call(request, reader, certificate, role)))
        if tried is None:
            messages.success(request, _("The organisation was asked."))
            return redirect(address_of(opened[0]))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if tried else HTTPStatus.OK
    context = call_page(reader, certificate, tried)
    return render(request, "portal/call_upkeep.html", context, status=status)


def _call(request: HttpRequest, reader: Reader, certificate: Certificate, role: str) -> Upkeep:
    typed = request.POST.get("due_on", "").strip()
    day = day_typed(typed)
    if typed and day is None:
        raise Refused([Reason("upkeep_no_day", {"typed": typed[:40], "example": "2027-03-31"})])
    return call_upkeep(
        certificate,
        kind=cast(Kind, request.POST.get("kind", "")),
        actor=reader.person,
        role=role,
        reason=request.POST.get("reason", ""),
        due_on=day,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def upkeep(request: HttpRequest, pk: UUID, certificate_pk: UUID, upkeep_pk: UUID) -> HttpResponse:
    """For those who see the decision on the file, and the upkeep where it stands."""
    reader, found = seen_upkeep(request, pk, certificate_pk, upkeep_pk)
    if request.method != "POST":
        return show(request, reader, found)
    if any_sent(request) and (reasons := files_sent(request, found, reader.person)):
        return show(request, reader, found, refused_files(request, found, reasons))
    tried = take(found, reader.person, request.POST, version_of(found, found.entered_seq))
    if tried is not None:
        found.refresh_from_db()
        return show(request, reader, found, tried)
    say_done(request, found)
    return redirect(address_of(found))


def seen_upkeep(
    request: HttpRequest, pk: UUID, certificate_pk: UUID, upkeep_pk: UUID
) -> tuple[Reader, Upkeep]:
    """Raises Http404 where the reader does not see it."""
    reader = reader_of(signed_in(request), pk)
    reader.must_see("decision")
    asked = Upkeep.objects.filter(dossier=reader.dossier, certificate=certificate_pk)
    found = get_object_or_404(asked.select_related("certificate", "dossier__organisation"), pk=upkeep_pk)
    if SEEN not in visible(found, reader.roles):
        reader.must_see()
    return reader, found


def show(request: HttpRequest, reader: Reader, found: Upkeep, tried: Tried | None = None) -> HttpResponse:
    status = HTTPStatus.CONFLICT if tried else HTTPStatus.OK
    context = upkeep_page(reader, found, tried, request.POST.getlist(DOCUMENT))
    return render(request, "portal/upkeep.html", context, status=status)
