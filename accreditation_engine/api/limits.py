"""How many requests one network address may make. Counted by each process of the site for itself: it is the
process that is spared, and an answer needs no write to the database."""

from __future__ import annotations

import math
from threading import local

from django.core.cache import caches
from django.http import HttpRequest
from ninja.errors import Throttled
from ninja.throttling import AnonRateThrottle, BaseThrottle

PER_MINUTE = 600


class PerProcess(local, AnonRateThrottle):
    """One stands for all requests and remembers whose it looks at: so each thread has its own."""

    cache = caches["process"]


def everybody() -> list[BaseThrottle]:
    return [PerProcess(f"{PER_MINUTE}/m")]


def count_stranger(request: HttpRequest) -> None:
    """For what is refused before the API counts: a token that is none makes nobody of a stranger. Raises
    Throttled."""
    throttle = PerProcess(f"{PER_MINUTE}/m")
    if not throttle.allow_request(request):
        raise Throttled(wait=math.ceil(throttle.wait() or 1))
