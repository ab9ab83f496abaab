"""What every answer of the site carries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from .errors import signed_out
from .given_back import typed_by_hand
from .session_ended.ending import kept_for_its_typist, sent_by_script, to_sign_in
from .session_ended.middleware import look_for_typed

# htmx needs no inline script and no eval; nothing is fetched from elsewhere, nothing frames us.
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
Answer = Callable[[HttpRequest], HttpResponse]


def content_security_policy(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return middleware


def kept_by_nobody(get_response: Answer) -> Answer:
    """No proxy and no browser keeps a page, unless its view says otherwise: a file on a shared computer is
    nobody else's to read. Static files are answered before this."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


class SignedIn(LoginRequiredMiddleware):
    """As Django's, but where strangers may come in nobody looks who is there: the answer is the same for all, and
    a cache may keep it. What somebody typed before their session ended waits until they have signed in again, or
    is given back to them first where nobody knows whose it is; scripts keep what they send."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        stopped = super().process_view(request, view_func, view_args, view_kwargs)
        if stopped is None:
            look_for_typed(request)
            return None
        if request.method != "POST" or sent_by_script(request):
            return stopped
        if (kept := kept_for_its_typist(request)) is not None:
            return kept
        return signed_out(request) if typed_by_hand(request) else to_sign_in(request)
