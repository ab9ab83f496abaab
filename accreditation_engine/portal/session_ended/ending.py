"""A form arrives, and the session in which it was opened is over."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from accreditation_engine.organisations.models import User

from .kept import keep, page_of_form, typed_pairs
from .typist import typist_of


def sent_by_script(request: HttpRequest) -> bool:
    """Scripts keep themselves what they send."""
    return "application/json" in request.headers.get("Accept", "") or "HX-Request" in request.headers


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """And from there to the page of the form."""
    return redirect_to_login(page_of_form(request))


def kept_for_its_typist(request: HttpRequest) -> HttpResponse | None:
    """To the sign-in page and from there to the page of the form, on which its typist finds what was typed. None
    where nobody knows whose it is."""
    return to_sign_in(request) if _keep_for_typist(request) else None


def back_to_its_typist(request: HttpRequest) -> HttpResponse | None:
    """Where the form is older than the last time somebody signed in, but the same person typed it: back to its
    page, through the sign-in page if need be. None for all others."""
    if sent_by_script(request) or _keep_for_typist(request) is None:
        return None
    signed_in = isinstance(request.user, User)
    return HttpResponseRedirect(page_of_form(request)) if signed_in else to_sign_in(request)


def _keep_for_typist(request: HttpRequest) -> str | None:
    """Whose it is, if it is kept: nobody else may be signed in."""
    signed_in, person, pairs = request.user, typist_of(request), typed_pairs(request)
    if person is None or not pairs or (isinstance(signed_in, User) and str(signed_in.pk) != person):
        return None
    keep(request, person, page_of_form(request), address=request.path, pairs=pairs, ended=True)
    return person
