"""The organisations that somebody acts for, registering one, and its people."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.organisations.colleagues import (
    change_standing,
    end_membership,
    found_organisation,
    invite,
    withdraw_invitation,
)
from accreditation_engine.organisations.governorates import governorates
from accreditation_engine.organisations.models import Invitation, Membership, Organisation, User
from accreditation_engine.organisations.queries import organisations_of
from accreditation_engine.portal.account.throttle import FOUNDING, INVITING, is_shut, note_failure
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.people import signed_in
from accreditation_engine.portal.tried import Tried, typed_text

from .form import OrganisationForm
from .letters import send_invitation
from .page import colleagues_page, organisations_page


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/organisations.html", organisations_page(signed_in(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def found(request: HttpRequest) -> HttpResponse:
    """Whoever registers an organisation is its first owner."""
    person, form = signed_in(request), OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _registered(request, form, person):
        return redirect("home")
    head = {"title": _("Register your organisation")}
    context = {"head": head, "form": form, "governorates": governorates(language())}
    status = HTTPStatus.CONFLICT if form.errors else HTTPStatus.OK
    return render(request, "portal/found_organisation.html", context, status=status)


def _registered(request: HttpRequest, form: OrganisationForm, person: User) -> bool:
    if is_shut(request, person.email, FOUNDING):
        form.add_error(None, _("You have registered several organisations today. Go on tomorrow."))
        return False
    try:
        organisation = found_organisation(by=person, **form.cleaned_data)
    except Refused as refused:
        number = form.cleaned_data["registration_number"].strip()
        if organisations_of(person).filter(registration_number=number).exists():
            return True  # the button was pressed twice
        form.refuse(refused)
        return False
    note_failure(request, person.email, FOUNDING)
    said = _("%(name)s is registered, and you act for it. Now you can invite colleagues and open a file.")
    messages.success(request, said % isolated({"name": organisation.name_in(language())}))
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def colleagues(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For whoever acts for the organisation; others are told that there is no such page."""
    person = signed_in(request)
    organisation = get_object_or_404(organisations_of(person), pk=pk)
    tried = None
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act not in ACTS:
            raise Http404
        try:
            messages.success(request, ACTS[act](request, organisation, person))
        except Refused as refused:
            tried = Tried(act, tuple(refused.reasons), typed_text(request))
        else:
            still = organisations_of(person).filter(pk=pk).exists()
            return redirect("colleagues", pk) if still else redirect("organisations")
    context = colleagues_page(organisation, person, tried)
    return render(
        request, "portal/colleagues.html", context, status=HTTPStatus.CONFLICT if tried else HTTPStatus.OK
    )


def _invite(request: HttpRequest, organisation: Organisation, person: User) -> str:
    email = request.POST.get("email", "")
    if is_shut(request, email, INVITING):
        raise Refused([Reason("invited_too_often", {"typed": email.strip()})])
    invitation = invite(
        organisation=organisation,
        email=email,
        standing=request.POST.get("standing", ""),
        language=language()[:2],
        by=person,
    )
    note_failure(request, email, INVITING)
    send_invitation(invitation)
    return _("The invitation is on its way to %(email)s.") % isolated({"email": invitation.email})


def _withdraw(request: HttpRequest, organisation: Organisation, person: User) -> str:
    invitation = _one_of(request, Invitation.objects.filter(organisation=organisation))
    withdraw_invitation(invitation=invitation, by=person)
    return _("The invitation is withdrawn: its link leads nowhere any more.")


def _end(request: HttpRequest, organisation: Organisation, person: User) -> str:
    membership = _one_of(request, _members(organisation))
    end_membership(membership=membership, by=person)
    return _("%(name)s acts for the organisation no longer.") % isolated({"name": str(membership.user)})


def _standing(request: HttpRequest, organisation: Organisation, person: User) -> str:
    membership = _one_of(request, _members(organisation))
    change_standing(membership=membership, standing=request.POST.get("standing", ""), by=person)
    return _("Kept.")


def _members(organisation: Organisation) -> Any:
    return Membership.objects.select_related("user").filter(organisation=organisation, ended_at=None)


def _one_of(request: HttpRequest, rows: Any) -> Any:
    """The row that was meant, if it belongs to this organisation."""
    try:
        return get_object_or_404(rows, pk=request.POST.get("which", ""))
    except (ValueError, ValidationError) as odd:
        raise Http404 from odd


ACTS: dict[str, Callable[[HttpRequest, Organisation, User], str]] = {
    "invite": _invite,
    "withdraw": _withdraw,
    "end": _end,
    "standing": _standing,
}
