"""Pages that are the same for everybody, so that any cache may keep them: their language stands in their address,
nobody is asked who they are, and nothing on them is anybody's own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers

KEPT = 600  # seconds: a certificate that is issued is counted soon


def known_language(spoken: str) -> str:
    """Raises Http404 for a language that the site does not speak."""
    if spoken not in dict(settings.LANGUAGES):
        raise Http404("no such language")
    return spoken


def in_preferred_language(page: str) -> HttpResponse:
    """To the address of `page` in the language that the reader prefers."""
    response = redirect(page, spoken=translation.get_language() or "ar")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def answer(
    request: HttpRequest, template: str, context: dict[str, Any], *, page: str, **more: str
) -> HttpResponse:
    """The page called `page` in the active language; `more` is what else stands in its address."""
    spoken = translation.get_language() or "ar"
    request.user = AnonymousUser()
    ways = {each: reverse(page, kwargs={"spoken": each, **more}) for each, _title in settings.LANGUAGES}
    strangers = {
        "messages": [],
        "language_ways": [{"code": each, "url": url} for each, url in ways.items() if each != spoken],
        "alternates": [{"code": each, "url": settings.SITE_URL + url} for each, url in ways.items()],
    }
    response = render(request, template, {**context, **strangers})
    response["Content-Language"] = spoken
    patch_cache_control(response, public=True, max_age=KEPT)
    return response
