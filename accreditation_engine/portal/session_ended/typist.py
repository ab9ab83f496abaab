"""Who typed a form in this browser.

The secret of a form is renewed whenever somebody signs in. A signed cookie names who did, and the digests of the
last secrets that were theirs. So a form is known to be its person's, and sent from a page of ours, also when its
session has ended or another tab has begun a new one."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CSRF_SECRET_LENGTH, _unmask_cipher_token  # type: ignore[attr-defined]

from accreditation_engine.organisations.models import User
from accreditation_engine.portal.given_back import sent_fields

COOKIE = "typist"
SALT = "portal.session_ended.typist"
REMEMBERED = timedelta(days=30)
MOST_SECRETS = 5


def remember_typist(request: HttpRequest, response: HttpResponse, person: User) -> None:
    """From now on what is typed in this browser is `person`'s."""
    known, secrets = _remembered(request)
    mine = secrets if known == str(person.pk) else []
    value = [str(person.pk), [*mine, _digest(request.META["CSRF_COOKIE"])][-MOST_SECRETS:]]
    response.set_cookie(
        COOKIE,
        signing.dumps(value, salt=SALT),
        max_age=REMEMBERED,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def typist_of(request: HttpRequest) -> str | None:
    """The account of whoever typed what is sent; None where that is not certain."""
    person, secrets = _remembered(request)
    token = dict(sent_fields(request)).get("csrfmiddlewaretoken", "")
    if len(token) != 2 * CSRF_SECRET_LENGTH or not (token.isascii() and token.isalnum()):
        return None
    return person if _digest(_unmask_cipher_token(token)) in secrets else None


def _remembered(request: HttpRequest) -> tuple[str | None, list[str]]:
    try:
        value: Any = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=REMEMBERED)
    except signing.BadSignature:
        return None, []
    return value[0], value[1]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()[:32]
