"""The sessions in which somebody is signed in, on whichever device: seen, and ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.organisations.open_sessions import end_others, open_sessions
from accreditation_engine.portal.people import signed_in
from accreditation_engine.portal.whole_numbers import OF_A_ROW, whole_number

from .device import device_in_words


@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Where somebody is signed in. They end one of the others, or all of them."""
    if request.method == "POST":
        _end(request)
        return redirect("usersessions_list")
    rows = list(_rows(request))
    context = {
        "head": {"title": _("Where you are signed in")},
        "breadcrumbs": [
            {"title": _("Your account"), "url": reverse("account")},
            {"title": _("Where you are signed in")},
        ],
        "sessions": rows,
        "elsewhere": len(rows) > 1,
    }
    return render(request, "portal/sessions.html", context)


def _rows(request: HttpRequest) -> Iterator[dict[str, Any]]:
    for each in open_sessions(signed_in(request)):
        yield {
            "pk": each.pk,
            "device": device_in_words(each.user_agent),
            "here": each.session_key == request.session.session_key,
            "since": each.created_at,
            "seen": each.last_seen_at,
            "network": each.ip,
        }


def _end(request: HttpRequest) -> None:
    which, here = request.POST.get("which", ""), request.session.session_key or ""
    only = whole_number(which, digits=OF_A_ROW)
    if which and only is None:
        return
    ended = end_others(user=signed_in(request), here=here, only=only)
    if not ended:
        messages.info(request, _("There was nothing left to end: the session is over."))
        return
    words = ngettext(
        "%(count)d session is ended. Whoever was in it has to sign in.",
        "%(count)d sessions are ended. Whoever was in them has to sign in.",
        ended,
    )
    messages.success(request, words % {"count": ended})


@periodic("ended sessions", every=timedelta(days=1))
def forget_ended_sessions() -> None:
    """From where somebody was signed in is kept no longer than the session."""
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
