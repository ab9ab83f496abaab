"""When a request cannot be answered as asked: what was typed into it goes back to whoever typed it."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accreditation_engine.organisations.models import User

from .given_back import typed_by_hand
from .roles_over import lately_over
from .session_ended.ending import back_to_its_typist


@login_not_required
def page_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's secret does not fit the visitor's any more: the page stood open overnight, or they signed out
    and in again in another tab. Django calls this in place of the form's own page."""
    if (answer := back_to_its_typist(request)) is not None:
        return answer
    back = came_from(request)
    context = {"back": back or reverse("home"), "kept_text": typed_by_hand(request) if back else ""}
    return render(request, "portal/page_too_old.html", context, status=HTTPStatus.FORBIDDEN)


@login_not_required
def page_not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What never was, is no more, or is not for whoever asks: all are answered alike. Of what strangers send to
    addresses that are none, nothing is read. Whoever held a role until lately is told that it ended, wherever they
    meet this page: it may be why."""
    person = request.user if isinstance(request.user, User) else None
    context = {
        "kept_text": typed_by_hand(request) if person and request.method == "POST" else "",
        "roles_over": lately_over(person) if person else [],
    }
    return render(request, "404.html", context, status=HTTPStatus.NOT_FOUND)


def signed_out(request: HttpRequest) -> HttpResponse:
    """For what was typed on a page whose session has ended meanwhile."""
    context = {"back": came_from(request) or reverse("home"), "kept_text": typed_by_hand(request)}
    return render(request, "portal/signed_out.html", context, status=HTTPStatus.UNAUTHORIZED)


def came_from(request: HttpRequest) -> str:
    """The page of this site on which the form stood; "" where it stood elsewhere, or nobody says."""
    said = request.headers.get("Referer", "")
    return said if url_has_allowed_host_and_scheme(said, {request.get_host()}, request.is_secure()) else ""
