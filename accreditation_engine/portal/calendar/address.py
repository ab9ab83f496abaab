"""The secret address of somebody's calendar: made when it is first wanted, renewed and ended by its owner."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accreditation_engine.organisations.models import CalendarAddress, User

NONCE_BYTES = 16
MARK = 32
"""Hexadecimal digits of the part that only this site can make from the other, which lies in the database."""
SALT = "portal.calendar"


def renew(person: User) -> CalendarAddress:
    """A new address; the one of before leads nowhere from now on."""
    found, _made = CalendarAddress.objects.update_or_create(
        person=person,
        defaults={"nonce": secrets.token_hex(NONCE_BYTES), "made_at": timezone.now()},
    )
    return found


def end(person: User) -> None:
    CalendarAddress.objects.filter(person=person).delete()


def address_of(person: User) -> str:
    """The whole address; "" where there is none. One query."""
    kept = CalendarAddress.objects.filter(person=person).first()
    return "" if kept is None else settings.SITE_URL + reverse("calendar", args=[secret_of(kept)])


def secret_of(kept: CalendarAddress) -> str:
    return kept.nonce + _mark(kept)


def owner_of(secret: str) -> User | None:
    """Whose calendar it is; None for a secret that is not in use, and for somebody who may not sign in. One
    query."""
    nonce = secret[: 2 * NONCE_BYTES]
    kept = (
        CalendarAddress.objects.filter(nonce=nonce, person__is_active=True).select_related("person").first()
    )
    if kept is None or not constant_time_compare(secret, secret_of(kept)):
        return None
    return kept.person


def _mark(kept: CalendarAddress) -> str:
    return salted_hmac(SALT, f"{kept.nonce} {kept.person_id}", algorithm="sha256").hexdigest()[:MARK]
