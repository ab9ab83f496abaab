"""The pages of changes of scope: asking for one, and what became of it."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.certificates.models import Certificate, ScopeChange
from accreditation_engine.certificates.scope_change.guards import WORDS
from accreditation_engine.certificates.scope_change.opening import (
    ask_for_scope,
    put_scope_to_panel,
    under_way,
)
from accreditation_engine.certificates.upkeep.opening import counts
from accreditation_engine.engine.visibility import visible
from accreditation_engine.portal.dossier.acts import Tried, take, version_of
from accreditation_engine.portal.dossier.own_life import say_done
from accreditation_engine.portal.dossier.reader import Reader, reader_of
from accreditation_engine.portal.people import signed_in
from accreditation_engine.portal.scope_fields import typed_scope
from accreditation_engine.portal.tried import Tried as TriedForm
from accreditation_engine.portal.tried import attempt, typed_text

from .page import COMPLETE, FORM, ask_page, change_page, role_of
from .waiting import SEEN, address_of


@require_http_methods(["GET", "HEAD", "POST"])
def new_scope_change(request: HttpRequest, pk: UUID, certificate_pk: UUID) -> HttpResponse:
    """For the holder, and for the body's coordinators, while the certificate counts."""
    reader = reader_of(signed_in(request), pk)
    reader.must_see("decision")
    certificates = Certificate.objects.filter(dossier=reader.dossier).select_related("dossier__organisation")
    certificate = get_object_or_404(certificates, pk=certificate_pk)
    role = role_of(reader)
    if not role or not counts(certificate):
        raise Http404
    before = None if request.method == "POST" else under_way(certificate)
    if before is not None and SEEN in visible(before, reader.roles):  # from an old page, or a kept address
        return redirect(address_of(before))
    tried = None
    if request.method == "POST":
        ask = ask_for_scope if role == "applicant" else put_scope_to_panel
        opened: list[ScopeChange] = []
        typed, reason = typed_scope(request), request.POST.get("reason", "")
        tried = attempt(
            request,
            FORM,
            lambda: opened.append(ask(certificate, scope=typed, reason=reason, by=reader.person)),
        )
        if tried is None:
            messages.success(request, _("The change of scope is on its way."))
            return redirect(address_of(opened[0]))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if tried else HTTPStatus.OK
    return render(request, "portal/ask_scope.html", ask_page(reader, certificate, tried), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def scope_change(request: HttpRequest, pk: UUID, certificate_pk: UUID, change_pk: UUID) -> HttpResponse:
    """For those who see the decision on the file, and the change where it stands."""
    reader = reader_of(signed_in(request), pk)
    reader.must_see("decision")
    asked = ScopeChange.objects.filter(dossier=reader.dossier, certificate=certificate_pk)
    found = get_object_or_404(asked.select_related("certificate", "dossier__organisation"), pk=change_pk)
    if SEEN not in visible(found, reader.roles):
        reader.must_see()
    if request.method != "POST":
        return _show(request, reader, found)
    mends = request.POST.get("transition") == COMPLETE and "ar" in request.POST
    data = {WORDS: typed_scope(request).kept().said()} if mends else None
    tried = take(found, reader.person, request.POST, version_of(found, found.entered_seq), data)
    if tried is not None:
        found.refresh_from_db()
        typed = TriedForm(FORM, tried.reasons, typed_text(request)) if mends else None
        return _show(request, reader, found, tried, typed)
    say_done(request, found)
    return redirect(address_of(found))


def _show(
    request: HttpRequest,
    reader: Reader,
    found: ScopeChange,
    tried: Tried | None = None,
    mended: TriedForm | None = None,
) -> HttpResponse:
    context = change_page(reader, found, tried, mended)
    status = HTTPStatus.CONFLICT if tried else HTTPStatus.OK
    return render(request, "portal/scope_change.html", context, status=status)
