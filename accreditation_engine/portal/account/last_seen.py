"""When somebody was last seen in each session, so that they know a session that is not theirs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.core.cache import caches
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

EVERY = timedelta(minutes=15)
"""No page writes more often, so that reading costs no writing. Each process of the site counts by itself."""


def last_seen(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        key = request.session.session_key
        if key and request.session.accessed and request.user.is_authenticated and _is_due(key):
            UserSession.objects.filter(session_key=key).update(last_seen_at=timezone.now())
        return response

    return middleware


@receiver(user_logged_in)
def _came_in(request: HttpRequest, **_more: Any) -> None:
    """The row of the session, made now, says so by itself."""
    if request.session.session_key:
        _is_due(request.session.session_key)


def _is_due(key: str) -> bool:
    """Whether nothing was written lately; from now on something was. A session's key is not kept as it is."""
    digest = hashlib.blake2s(key.encode()).hexdigest()
    return caches["sessions_seen"].add(digest, True, EVERY.total_seconds())
