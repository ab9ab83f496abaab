"""Around every view: who typed, what waits for them, and a page wherever an address is asked for."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from accreditation_engine.organisations.models import User

from .filling import filled
from .kept import Kept, forget, kept_for, lead_on
from .typist import remember_typist

MESSAGES = '<div class="messages">'
"""Where portal/parts/messages.html begins, and with it what is said above a page."""


@receiver(user_logged_in, dispatch_uid="who types from now on")
def _signed_in(request: HttpRequest | None, user: User, **_more: object) -> None:
    if request is not None:
        request.typist = user  # type: ignore[attr-defined]


def typed_given_back(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and request.method in ("GET", "HEAD"):
            return _page_above(request, response)
        kept = getattr(request, "typed_before", None)
        if kept is not None and response.status_code == 200 and not response.streaming:
            _give_back(request, response, kept)
        typist = getattr(request, "typist", None)
        if typist is not None and "CSRF_COOKIE" in request.META:
            remember_typist(request, response, typist)
        return response

    return middleware


def look_for_typed(request: HttpRequest) -> None:
    """Before a view is called for somebody who is signed in: a form that is sent again need not wait any more."""
    kept = kept_for(request, request.user) if isinstance(request.user, User) else None
    if kept is None:
        return
    if request.method == "POST" and request.path == kept.address:
        forget(request)
    elif request.method == "GET" and request.path == kept.page:
        request.typed_before = kept  # type: ignore[attr-defined]


def _page_above(request: HttpRequest, refused: HttpResponseNotAllowed) -> HttpResponse:
    """An address to which forms are sent has no page: the nearest above it has."""
    if "application/json" in refused.get("Content-Type", "") or request.path.startswith("/api/"):
        return refused
    parts = request.path.strip("/").split("/")
    for length in range(len(parts) - 1, 0, -1):
        above = f"/{'/'.join(parts[:length])}/"
        try:
            resolve(above)
        except Resolver404:
            continue
        break
    else:
        above = "/"
    lead_on(request, above)
    return HttpResponseRedirect(above)


def _give_back(request: HttpRequest, response: HttpResponse, kept: Kept) -> None:
    if not response.get("Content-Type", "").startswith("text/html"):
        return
    back = filled(response.content.decode(), request.path, kept.address, kept.pairs)
    said = render_to_string(
        "portal/parts/given_back.html",
        {"ended": kept.ended, "files": kept.files, "kept_text": "\n\n".join(back.left)},
        request,
    )
    response.content = back.page.replace(MESSAGES, MESSAGES + said, 1)
    if not kept.ended:
        forget(request)
