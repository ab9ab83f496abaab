"""How what is sent is signed. Source: Standard Webhooks 1.0.0, "Webhook headers" and "Signature scheme"."""

from __future__ import annotations

import hmac
from base64 import b64encode
from hashlib import sha256
from uuid import UUID

from django.utils.crypto import salted_hmac

SECRET_BYTES = 32
PURPOSE = "accreditation_engine.certificates.webhooks"


def secret_of(endpoint: UUID) -> str:
    """What the other side checks signatures with. It follows from the site's own secret, and lies nowhere: whoever
    reads the database cannot sign."""
    return f"whsec_{b64encode(_key(endpoint)).decode()}"


def headers_for(endpoint: UUID, message: UUID, at: int, body: bytes) -> dict[str, str]:
    """`at` are seconds since 1970, after which the other side may refuse what is old."""
    signed = b".".join([f"msg_{message.hex}".encode(), str(at).encode(), body])
    signature = b64encode(hmac.digest(_key(endpoint), signed, "sha256")).decode()
    return {
        "webhook-id": f"msg_{message.hex}",
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{signature}",
    }


def _key(endpoint: UUID) -> bytes:
    return salted_hmac(PURPOSE, endpoint.bytes, algorithm=sha256().name).digest()[:SECRET_BYTES]
