"""Reviewers, and what each of them takes: for themselves, and for those who coordinate a scheme of theirs."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.people import parts_of, signed_in
from accreditation_engine.portal.whole_numbers import OF_A_ROW, whole_number
from accreditation_engine.reviews.allocation.models import Leave
from accreditation_engine.reviews.allocation.profiles import (
    cancel_leave,
    change_profile,
    say_leave,
    speaking_role,
)

from .profile_form import Away, Limits, Takes
from .profile_page import Typed, profile_page
from .reviewers_page import reviewers_page


@require_safe
def reviewers(request: HttpRequest) -> HttpResponse:
    """Everybody who reviews under the schemes that the reader coordinates."""
    person = signed_in(request)
    if "coordinator" not in parts_of(person):
        raise Http404
    return render(request, "portal/reviewers_list.html", reviewers_page(person))


@require_http_methods(["GET", "HEAD", "POST"])
def reviewer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them. What is refused comes back as it was typed."""
    person = signed_in(request)
    about = get_object_or_404(User, pk=pk)
    try:
        speaking_role(about, person)
    except Refused:
        raise Http404 from None
    if request.method != "POST":
        return _show(request, about)
    acts = {"takes": _takes, "limits": _limits, "leave": _leave, "cancel": _cancel}
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        raise BadRequest("no such act")
    return act(request, about)


def _takes(request: HttpRequest, about: User) -> HttpResponse:
    typed = Takes.typed(request.POST)
    try:
        change_profile(reviewer=about, by=signed_in(request), **typed.values())
    except Refused as refused:
        return _show(request, about, Typed(takes=typed, errors={"countries": str(refused)}))
    return _kept(request, about, _("Kept. Draws go by it from now on."))


def _limits(request: HttpRequest, about: User) -> HttpResponse:
    typed = Limits.typed(request.POST)
    try:
        if unlike := typed.unlike():
            raise Refused(unlike)
        change_profile(reviewer=about, by=signed_in(request), **typed.values())
    except Refused as refused:
        return _show(request, about, Typed(limits=typed, errors={"most": str(refused)}))
    return _kept(request, about, _("Kept. Draws go by it from now on."))


def _leave(request: HttpRequest, about: User) -> HttpResponse:
    typed = Away.typed(request.POST)
    days = typed.days()
    if days is None:
        words = _("Give both days, as year, month and day: 2027-01-31.")
        return _show(request, about, Typed(away=typed, errors={"first": words}))
    try:
        say_leave(reviewer=about, begins_on=days[0], ends_on=days[1], note=typed.note, by=signed_in(request))
    except Refused as refused:
        where = {"text_too_long": "note", "leave_backwards": "last", "leave_over": "last"}
        errors = {where.get(each.code, "first"): str(each) for each in refused.reasons}
        return _show(request, about, Typed(away=typed, errors=errors))
    return _kept(request, about, _("Kept. Draws leave these days out."))


def _cancel(request: HttpRequest, about: User) -> HttpResponse:
    number = whole_number(request.POST.get("leave", ""), digits=OF_A_ROW)
    leave = get_object_or_404(Leave.objects.filter(person=about), pk=number)
    cancel_leave(leave=leave, by=signed_in(request))
    return _kept(request, about, _("The leave is cancelled."))


def _kept(request: HttpRequest, about: User, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("reviewer", pk=about.pk)


def _show(request: HttpRequest, about: User, typed: Typed | None = None) -> HttpResponse:
    context = profile_page(about, signed_in(request), typed)
    status = HTTPStatus.CONFLICT if typed else HTTPStatus.OK
    return render(request, "portal/reviewer.html", context, status=status)
