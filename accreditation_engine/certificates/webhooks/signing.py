"""How what is sent is signed. Source: Standard Webhooks 1.0.0, "Webhook headers" and "Signature scheme"."""

from __future__ import annotations

import hmac
from base64 import b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.utils.crypto import salted_hmac

from .models import Endpoint

SECRET_BYTES = 32
PURPOSE = "accreditation_engine.certificates.webhooks"
BOTH = timedelta(days=1)
"""So long after a change of the secret the one of before signs as well."""


def secret_of(endpoint: Endpoint) -> str:
    """What the other side checks signatures with. It follows from the site's own secret, and lies nowhere: whoever
    reads the database cannot sign."""
    return f"whsec_{b64encode(_key(endpoint.pk, endpoint.secret_number)).decode()}"


def headers_for(endpoint: Endpoint, message: UUID, now: datetime, body: bytes) -> dict[str, str]:
    """Signed with the secret, and with the one before for as long as the other side may still have that. What is
    older than a few minutes the other side may refuse."""
    at = str(int(now.timestamp()))
    signed = b".".join([f"msg_{message.hex}".encode(), at.encode(), body])
    keys = [_key(endpoint.pk, number) for number in _numbers(endpoint, now)]
    signatures = (b64encode(hmac.digest(key, signed, "sha256")).decode() for key in keys)
    return {
        "webhook-id": f"msg_{message.hex}",
        "webhook-timestamp": at,
        "webhook-signature": " ".join(f"v1,{each}" for each in signatures),
    }


def both_sign(endpoint: Endpoint, now: datetime) -> bool:
    """Whether the secret of before still holds beside the new one."""
    return endpoint.secret_changed_at is not None and now < endpoint.secret_changed_at + BOTH


def _numbers(endpoint: Endpoint, now: datetime) -> list[int]:
    before = [endpoint.secret_number - 1] if both_sign(endpoint, now) else []
    return [endpoint.secret_number, *before]


def _key(endpoint: UUID, number: int) -> bytes:
    """The first secret of an address is numbered 0."""
    named = endpoint.bytes + (number.to_bytes(4) if number else b"")
    return salted_hmac(PURPOSE, named, algorithm=sha256().name).digest()[:SECRET_BYTES]
