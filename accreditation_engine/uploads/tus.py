"""Headers of tus 1.0.0 (https://tus.io/protocols/resumable-upload), the protocol by which a file goes on where the
line broke: what clients say in them, and what is answered. Of its extensions: creation, expiration, checksum and
termination."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.http import http_date

VERSION = "1.0.0"
MEDIA_TYPE = "application/offset+octet-stream"
CHECKSUM_MISMATCH = 460  # a status of the protocol's own
LONGEST_NUMBER = 18  # digits

_ALGORITHMS: dict[str, Any] = {
    "sha1": lambda: hashlib.sha1(usedforsecurity=False),  # the protocol asks for it
    "sha256": hashlib.sha256,
}


class BadHeader(ValueError):  # noqa: N818 - what it is
    """`header` is missing or says what cannot be read."""

    def __init__(self, header: str) -> None:
        super().__init__(header)
        self.header = header


@dataclass(frozen=True)
class Checksum:
    """What the client says that a piece hashes to."""

    algorithm: str
    digest: bytes

    def started(self) -> Any:
        return _ALGORITHMS[self.algorithm]()


def capabilities(most: int) -> dict[str, str]:
    return {
        "Tus-Version": VERSION,
        "Tus-Extension": "creation,expiration,checksum,termination",
        "Tus-Checksum-Algorithm": ",".join(_ALGORITHMS),
        "Tus-Max-Size": str(most),
    }


def standing(offset: int, size: int, expires_at: datetime) -> dict[str, str]:
    """How far a file has come."""
    return {
        "Upload-Offset": str(offset),
        "Upload-Length": str(size),
        "Upload-Expires": http_date(expires_at.timestamp()),
    }


def number(headers: Mapping[str, str], header: str) -> int:
    """Raises BadHeader for anything but plain digits."""
    said = headers.get(header, "")
    if not (said.isascii() and said.isdecimal() and len(said) <= LONGEST_NUMBER):
        raise BadHeader(header)
    return int(said)


def metadata(headers: Mapping[str, str]) -> dict[str, str]:
    """What Upload-Metadata says: keys with values in Base64, which stand for UTF-8. Raises BadHeader."""
    said = headers.get("Upload-Metadata", "").strip()
    try:
        pairs = [each.strip().partition(" ") for each in said.split(",")] if said else []
        return {key: b64decode(value, validate=True).decode() for key, _space, value in pairs}
    except (NotBase64, ValueError):
        raise BadHeader("Upload-Metadata") from None


def checksum(headers: Mapping[str, str]) -> Checksum | None:
    """None where the client says none. Raises BadHeader for an algorithm that is not known here."""
    said = headers.get("Upload-Checksum")
    if said is None:
        return None
    algorithm, _space, value = said.partition(" ")
    try:
        digest = b64decode(value, validate=True)
    except (NotBase64, ValueError):
        raise BadHeader("Upload-Checksum") from None
    if algorithm not in _ALGORITHMS:
        raise BadHeader("Upload-Checksum")
    return Checksum(algorithm, digest)
