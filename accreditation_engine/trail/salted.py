"""Texts that lie in rows of their own, and what an event says of them: a salted digest. Where the law has the text
and its salt removed, nobody can guess the text from the event any more."""

from __future__ import annotations

import secrets

from .content import text_digest

SALT_BYTES = 16


def new_salt() -> str:
    """16 random bytes in hexadecimal, to be kept beside the text."""
    return secrets.token_hex(SALT_BYTES)


def salted_digest(salt: str, text: str) -> str:
    """SHA-256 of the bytes of `salt` followed by the text, in hexadecimal; "" where there is no text. Raises
    ValueError for a salt that is not hexadecimal."""
    return text_digest(bytes.fromhex(salt), text) if text else ""
