"""The calendar of whoever has its secret address."""

from __future__ import annotations

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from .address import owner_of
from .entries import entries_of
from .feed import feed_of


@login_not_required
@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponseBase:
    """For calendar programs, which do not sign in. Nothing is told of addresses that are not in use."""
    person = owner_of(secret)
    if person is None:
        raise Http404
    with translation.override(person.language):
        content = feed_of(person, entries_of(person))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    response["Content-Language"] = person.language
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    response["ETag"] = etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    patch_cache_control(response, private=True, no_cache=True)
    return get_conditional_response(request, etag=etag, response=response) or response
