"""Guessing passwords is slow: after a few failures the door stays shut for a while.

The failures lie in the database, so that all processes of the site count together.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone

from accreditation_engine.portal.models import SignInFailure

WINDOW = timedelta(minutes=15)
MOST_FOR_ONE_ACCOUNT = 8  # by one e-mail address from one network address
MOST_FROM_ONE_ADDRESS = 60  # whoever they try to be; an office shares one address


def is_shut(request: HttpRequest, email: str) -> bool:
    """Whether too many attempts failed lately. One query."""
    account, address = _keys(request, email)
    recent = SignInFailure.objects.filter(at__gt=timezone.now() - WINDOW, key__in=[account, address])
    counted = recent.aggregate(
        account=Count("pk", filter=Q(key=account)), address=Count("pk", filter=Q(key=address))
    )
    return counted["account"] >= MOST_FOR_ONE_ACCOUNT or counted["address"] >= MOST_FROM_ONE_ADDRESS


def note_failure(request: HttpRequest, email: str) -> None:
    """Count a failed attempt, and forget those that count no more."""
    now = timezone.now()
    SignInFailure.objects.filter(at__lte=now - WINDOW).delete()
    SignInFailure.objects.bulk_create(SignInFailure(key=key, at=now) for key in _keys(request, email))


def forget_failures(request: HttpRequest, email: str) -> None:
    """Somebody got in: their slips of the keyboard do not count."""
    SignInFailure.objects.filter(key=_keys(request, email)[0]).delete()


def _keys(request: HttpRequest, email: str) -> tuple[str, str]:
    address = _address(request)
    return _digest(f"{email.strip().lower()}\n{address}"), _digest(address)


def _address(request: HttpRequest) -> str:
    """Where the request comes from. Behind a proxy it is what the proxy saw: the last it wrote down."""
    if settings.SECURE_PROXY_SSL_HEADER:
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR", ""))


def _digest(text: str) -> str:
    return hashlib.blake2s(text.encode(), key=settings.SECRET_KEY.encode()[:32]).hexdigest()
