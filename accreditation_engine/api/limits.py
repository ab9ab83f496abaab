"""How many requests one network address may make. Counted by each process of the site for itself: it is the
process that is spared, and an answer needs no write to the database."""

from __future__ import annotations

from django.core.cache import caches
from ninja.throttling import AnonRateThrottle, BaseThrottle

PER_MINUTE = 600


class PerProcess(AnonRateThrottle):
    cache = caches["process"]


def everybody() -> list[BaseThrottle]:
    return [PerProcess(f"{PER_MINUTE}/m")]
