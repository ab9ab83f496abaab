"""How long an answer is good for, to whoever keeps it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.cache import patch_cache_control

MINUTE, YEAR = 60, 365 * 24 * 3600


def for_ever(response: HttpResponse) -> None:
    """What it says can never change."""
    patch_cache_control(response, public=True, max_age=YEAR, immutable=True)


def for_a_minute(response: HttpResponse) -> None:
    """It is about the latest of something."""
    patch_cache_control(response, public=True, max_age=MINUTE)
