"""How often one network address may look something up, and take the whole register away.

Lookups are counted by each process of the site for itself: it is the process that is spared, and an answer needs
no write to the database. Exports are counted by all processes together.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from math import ceil
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from accreditation_engine.portal.account.throttle import QUARTER, Door, address_of, is_shut, note_failure

LOOKUPS_A_MINUTE = 600
EXPORTS = Door("register_exports", most_for_one_account=30, most_from_one_address=30)
MINUTE = 60

View = Callable[..., HttpResponseBase]


def lookups_limited(view: View) -> View:
    """`view`, or 429 for an address that has asked too often within this minute."""

    @wraps(view)
    def limited(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        now = time.time()
        if _counted(f"lookups:{int(now // MINUTE)}:{address_of(request)}") > LOOKUPS_A_MINUTE:
            return too_many(request, wait=ceil(MINUTE - now % MINUTE))
        return view(request, *arguments, **named)

    return limited


def _counted(key: str) -> int:
    """How often this was asked within the minute, this time among them. What the cache forgets to make room counts
    anew."""
    cache = caches["process"]
    cache.add(key, 0, timeout=2 * MINUTE)
    try:
        return int(cache.incr(key))
    except ValueError:
        return 1


def exports_limited(view: View) -> View:
    """`view`, or 429 for an address that took the register away too often within a quarter of an hour."""

    @wraps(view)
    def limited(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if is_shut(request, "", EXPORTS):
            return too_many(request, wait=int(QUARTER.total_seconds()))
        note_failure(request, "", EXPORTS)
        return view(request, *arguments, **named)

    return limited


def too_many(request: HttpRequest, *, wait: int) -> HttpResponse:
    """`wait` is in seconds."""
    minutes = ceil(wait / MINUTE)
    response = render(
        request, "portal/too_many.html", {"minutes": minutes}, status=HTTPStatus.TOO_MANY_REQUESTS
    )
    response["Retry-After"] = str(wait)
    return response
