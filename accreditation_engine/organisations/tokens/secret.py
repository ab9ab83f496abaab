"""What a token looks like: aet_MARK_SECRET. Programs that look for leaked secrets know it by how it begins."""

from __future__ import annotations

import secrets
from hashlib import sha256

PREFIX = "aet"
MARK_BYTES, SECRET_BYTES = 6, 32


def new_secret() -> tuple[str, str]:
    """The mark, and the whole token."""
    mark = secrets.token_hex(MARK_BYTES)
    return mark, f"{PREFIX}_{mark}_{secrets.token_hex(SECRET_BYTES)}"


def mark_in(token: str) -> str:
    """The mark that `token` claims; "" for what is no token."""
    parts = token.split("_")
    readable = len(parts) == 3 and parts[0] == PREFIX and len(parts[1]) == 2 * MARK_BYTES and token.isascii()
    return parts[1] if readable and parts[1].isalnum() else ""


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()
