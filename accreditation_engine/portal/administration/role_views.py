"""Roles: who has them, giving one, changing its end and ending it."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.organisations.domain import change_end
from accreditation_engine.portal.account.inviting import invite_to_choose_a_password
from accreditation_engine.portal.tried import attempt
from accreditation_engine.reviews.role_over import end_role_and_reviews

from .access import administrator
from .giving import Typed, Unsettled, end_typed, give, giving_page
from .role_page import CHANGE, END, JUST_GIVEN, role_page
from .roles_page import roles_page


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/roles.html", roles_page(administrator(request), request.GET))


@require_http_methods(["GET", "HEAD", "POST"])
def give_role(request: HttpRequest) -> HttpResponse:
    """Somebody is named, a role chosen; who is meant is asked where several might be."""
    reader = administrator(request)
    if request.method != "POST":
        return render(request, "portal/give_role.html", giving_page(reader, Typed()))
    typed, began = Typed.of(request.POST), timezone.now()
    done = give(reader, typed)
    if isinstance(done, Unsettled):
        context = giving_page(reader, typed, done)
        return render(request, "portal/give_role.html", context, status=HTTPStatus.CONFLICT)
    said = {"person": str(done.user), "role": role_title(done.role)}
    messages.success(request, _("%(person)s has the role from now on: %(role)s.") % isolated(said))
    if not done.user.has_usable_password():
        if done.since >= began:  # pressed twice it is given once, and told once
            invite_to_choose_a_password(done.user)
        told = _("%(address)s has no password yet. A letter with a link to choose one is on its way there.")
        messages.info(request, told % isolated({"address": done.user.email}))
    return redirect(f"{reverse('role', args=[done.pk])}?{JUST_GIVEN}=1")


@require_http_methods(["GET", "HEAD", "POST"])
def role(request: HttpRequest, grant_pk: int) -> HttpResponse:
    """One role; what is refused comes back as it was typed."""
    reader = administrator(request)
    grant = get_object_or_404(reader.grants().select_related("user"), pk=grant_pk)
    tried = None
    if request.method == "POST":
        acts = {
            CHANGE: lambda: change_end(
                grant=grant, until=end_typed(request.POST.get("until", "")), by=reader.person
            ),
            END: lambda: end_role_and_reviews(
                grant=grant, by=reader.person, reason=request.POST.get("reason", "")
            ),
        }
        act = request.POST.get("act", "")
        if act not in acts:
            raise BadRequest("no such act")
        tried = attempt(request, act, acts[act])
        if tried is None:
            told = _("The role has ended.") if act == END else _("Kept: the role ends then.")
            messages.success(request, told)
            return redirect("role", grant_pk=grant.pk)
        grant.refresh_from_db()
    context = role_page(reader, grant, just_given=JUST_GIVEN in request.GET, tried=tried)
    status = HTTPStatus.CONFLICT if tried else HTTPStatus.OK
    return render(request, "portal/role.html", context, status=status)
