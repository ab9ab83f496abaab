"""Checkpoints as text: the C2SP formats signed-note and tlog-checkpoint (c2sp.org), with Ed25519."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ED25519 = b"\x01"


@dataclass(frozen=True)
class Summary:
    """What a checkpoint says: the first `size` events have `root`; and in a line of its own, which the format
    leaves to us, the last event of each of `streams` streams lies under `streams_root`."""

    origin: str
    size: int
    root: bytes
    streams: int
    streams_root: bytes

    def text(self) -> str:
        streams = f"streams {self.streams} {in_base64(self.streams_root)}"
        return f"{self.origin}\n{self.size}\n{in_base64(self.root)}\n{streams}\n"


def key_id(name: str, public: bytes) -> bytes:
    """The four bytes by which a note names the key that signed it."""
    return sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def verifier_key(name: str, public: bytes) -> str:
    """The public key as one line, as tools of this format take it: name+id+key."""
    return f"{name}+{key_id(name, public).hex()}+{in_base64(ED25519 + public)}"


def signed(text: str, keys: Sequence[tuple[str, Ed25519PrivateKey]]) -> str:
    """`text` with a signature line of each (name, key)."""
    lines = [_signature(text, name, key) for name, key in keys]
    return f"{text}\n{''.join(lines)}"


def _signature(text: str, name: str, key: Ed25519PrivateKey) -> str:
    public = key.public_key().public_bytes_raw()
    return f"— {name} {in_base64(key_id(name, public) + key.sign(text.encode()))}\n"


def in_base64(data: bytes) -> str:
    return b64encode(data).decode()
