"""Pages of the register in the language that the address asks for (`?language=ar`), else in the reader's own.

Whoever came by such an address stays with its language; search engines find each page in both.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

View = Callable[..., HttpResponse]
PARAMETER = "language"


def spoken_as_asked(view: View) -> View:
    """`view` in the language that the address asks for, which a cookie keeps as the reader's choice."""

    @wraps(view)
    def spoken(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        asked = asked_language(request)
        if not asked:
            return view(request, *arguments, **named)
        with translation.override(asked):
            response = view(request, *arguments, **named)
        response.headers.setdefault("Content-Language", asked)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, asked, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
        return response

    return spoken


def asked_language(request: HttpRequest) -> str:
    """ "" where none is asked for, or one that the site does not speak."""
    asked = request.GET.get(PARAMETER, "")
    return asked if asked in dict(settings.LANGUAGES) else ""


def languages_of(request: HttpRequest) -> dict[str, Any]:
    """For the head of a page (parts/canonical.html), and the way to its other language where the address names
    one. What else the address asks for stays."""
    asked, codes = asked_language(request), [code for code, _title in settings.LANGUAGES]
    plain = settings.SITE_URL + request.path
    return {
        "asked_language": asked,
        "canonical": f"{plain}?{PARAMETER}={asked}" if asked else plain,
        "alternates": [
            *({"code": code, "url": f"{plain}?{PARAMETER}={code}"} for code in codes),
            {"code": "x-default", "url": plain},
        ],
        "language_ways": [{"code": code, "url": _in(request, code)} for code in codes if code != asked]
        if asked
        else [],
    }


def _in(request: HttpRequest, code: str) -> str:
    asked = request.GET.copy()
    asked[PARAMETER] = code
    return f"{request.path}?{asked.urlencode()}"
