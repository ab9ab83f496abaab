"""When a request cannot be answered as asked."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


@login_not_required
def page_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's secret does not fit the visitor's any more: the page stood open overnight, or they signed out
    and in again in another tab. Django calls this in place of the form's own page."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    back = came_from if ours else reverse("home")
    return render(request, "portal/page_too_old.html", {"back": back}, status=HTTPStatus.FORBIDDEN)
