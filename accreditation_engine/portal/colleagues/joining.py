"""The link of an invitation: with an account or without one."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.colleagues import accept_invitation, invitation_of
from accreditation_engine.organisations.models import Invitation, Standing, User
from accreditation_engine.organisations.roles import belongs_to
from accreditation_engine.portal.account.adapter import came_by_letter
from accreditation_engine.portal.dossier.reader import language


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def join_organisation(request: HttpRequest, token: str) -> HttpResponse:
    invitation, person = invitation_of(token), request.user
    if invitation is None or not invitation.holds:
        if invitation is not None and belongs_to(person.pk, invitation.organisation):
            return redirect("home")  # the link was pressed twice
        return render(request, "portal/invitation_over.html", status=HTTPStatus.NOT_FOUND)
    if not isinstance(person, User):
        came_by_letter(request, invitation.email)
    if request.method != "POST" or not isinstance(person, User):
        return render(request, "portal/join_organisation.html", _page(request, invitation))
    try:
        accept_invitation(invitation=invitation, user=person)
    except Refused:
        return render(request, "portal/invitation_over.html", status=HTTPStatus.CONFLICT)
    reads = invitation.standing == Standing.READER
    said = _("You read for %(name)s from now on.") if reads else _("You act for %(name)s from now on.")
    messages.success(request, said % isolated({"name": _name(invitation)}))
    return redirect("home")


def _page(request: HttpRequest, invitation: Invitation) -> dict[str, str | bool]:
    back = urlencode({"next": request.path})
    email = urlencode({"email": invitation.email})
    return {
        "name": _name(invitation),
        "reads": invitation.standing == Standing.READER,
        "invited_by": str(invitation.invited_by or ""),
        "sign_in_url": f"{reverse('sign_in')}?{back}",
        "sign_up_url": f"{reverse('account_signup')}?{back}&{email}",
    }


def _name(invitation: Invitation) -> str:
    return invitation.organisation.name_in(language())
