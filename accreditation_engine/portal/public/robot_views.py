"""For search engines: what they may visit, and what there is."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from . import sitemap as maps

KEPT = 3600  # seconds
PRIVATE = (
    *("/account/", "/administration/", "/api/", "/audit/", "/calendar/", "/erasure/", "/files/"),
    *("/interests/", "/letters/", "/news/", "/organisations/", "/queue/", "/reviewers/", "/schemes/"),
    *("/season/", "/sittings/", "/together/"),
)
"""What nobody sees without signing in, and what is for programs that know what they ask for."""


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    address = settings.SITE_URL + reverse("sitemap")
    lines = ["User-agent: *", *(f"Disallow: {each}" for each in PRIVATE), "", f"Sitemap: {address}", ""]
    return _kept(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> StreamingHttpResponse:
    """All pages, or a list of the parts that they are told in where they are many."""
    count = maps.parts()
    return _streamed(maps.part(1) if count == 1 else maps.index(count))


@login_not_required
@require_safe
def sitemap_part(request: HttpRequest, part: int) -> StreamingHttpResponse:
    if not 1 <= part <= maps.parts():
        raise Http404
    return _streamed(maps.part(part))


def _streamed(pieces: Iterator[str]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type="application/xml; charset=utf-8")
    patch_cache_control(response, public=True, max_age=KEPT)
    return response


def _kept(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=KEPT)
    return response
