"""Guessing passwords is slow: after a few failures the door stays shut for a while. So is asking for letters.

The attempts lie in the database, so that all processes of the site count together.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone

from accreditation_engine.portal.models import SignInFailure

QUARTER, DAY, WEEK = timedelta(minutes=15), timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Door:
    """What is knocked at; each counts by itself, over its `window`. `from_anywhere`: attempts for one e-mail
    address count together, whichever network address they come from."""

    name: str
    most_for_one_account: int
    most_from_one_address: int
    from_anywhere: bool = False
    window: timedelta = QUARTER


SIGNING_IN = Door("", 8, 60)  # an office shares one network address
LETTERS = Door("letters", 1, 100, from_anywhere=True, window=DAY)  # nobody's mailbox is filled by strangers
FOUNDING = Door("founding", 5, 20, from_anywhere=True, window=DAY)  # whose numbers would be taken by whom?
INVITING = Door("inviting", 3, 100, from_anywhere=True, window=DAY)  # as LETTERS
LONGEST = WEEK
"""How long anything is kept here: as long as a link that confirms something holds."""


def is_shut(request: HttpRequest, email: str, door: Door = SIGNING_IN) -> bool:
    """Whether too many attempts were noted lately. One query."""
    account, address = _keys(request, email, door)
    recent = SignInFailure.objects.filter(at__gt=timezone.now() - door.window, key__in=[account, address])
    counted = recent.aggregate(
        account=Count("pk", filter=Q(key=account)), address=Count("pk", filter=Q(key=address))
    )
    return counted["account"] >= door.most_for_one_account or counted["address"] >= door.most_from_one_address


def note_failure(request: HttpRequest, email: str, door: Door = SIGNING_IN) -> None:
    """Count an attempt, and forget those that count no more."""
    now = timezone.now()
    SignInFailure.objects.filter(at__lte=now - LONGEST).delete()
    SignInFailure.objects.bulk_create(SignInFailure(key=key, at=now) for key in _keys(request, email, door))


def forget_failures(request: HttpRequest, email: str) -> None:
    """Somebody got in: their slips of the keyboard do not count."""
    SignInFailure.objects.filter(key=_keys(request, email)[0]).delete()


def note_left(email: str) -> None:
    """Somebody at this address wants no more: what they were sent before holds no longer."""
    SignInFailure.objects.create(key=_left(email), at=timezone.now())


def has_left_since(email: str, moment: datetime) -> bool:
    return SignInFailure.objects.filter(key=_left(email), at__gte=moment).exists()


def _left(email: str) -> str:
    return _digest(f"left\n{email.strip().lower()}")


def _keys(request: HttpRequest, email: str, door: Door = SIGNING_IN) -> tuple[str, str]:
    address, name = address_of(request), email.strip().lower()
    account = name if door.from_anywhere else f"{name}\n{address}"
    return _digest(f"{door.name}{account}"), _digest(f"{door.name}{address}")


def address_of(request: HttpRequest) -> str:
    """Where the request comes from. Behind a proxy it is what the proxy saw: the last it wrote down."""
    if settings.SECURE_PROXY_SSL_HEADER:
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR", ""))


def _digest(text: str) -> str:
    return hashlib.blake2s(text.encode(), key=settings.SECRET_KEY.encode()[:32]).hexdigest()
