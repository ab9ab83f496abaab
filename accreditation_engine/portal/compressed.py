"""Pages go out compressed: most of a page is the words of its frame, and many readers pay for every kilobyte."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class PagesCompressed(GZipMiddleware):
    """Pages alone: what else is sent is packed already, or is read piece by piece. Django adds some bytes of
    chance to each, so that its length tells nobody what stands in it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed
