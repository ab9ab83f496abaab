"""A public Ed25519 key as credentials and DID documents write it.

Source: W3C Controlled Identifiers 1.0, section 2.2.2: the bytes 0xed 0x01, the key, all in base58btc.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .multibase import NotMultibase, base58, from_base58

ED25519 = b"\xed\x01"
LENGTH = 32


def multikey(key: Ed25519PublicKey) -> str:
    return base58(ED25519 + key.public_bytes_raw())


def from_multikey(text: str) -> Ed25519PublicKey:
    """Raises NotMultibase for anything but a public Ed25519 key."""
    content = from_base58(text)
    if not content.startswith(ED25519) or len(content) != len(ED25519) + LENGTH:
        raise NotMultibase("not a public Ed25519 key")
    return Ed25519PublicKey.from_public_bytes(content[len(ED25519) :])
