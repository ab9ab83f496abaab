"""Many certificates' standing in one list of bits, so that who looks one up does not tell which.

Source: W3C Bitstring Status List v1.0: at least 131,072 entries, the first at the highest bit of the first byte;
compressed with gzip, written in base64url.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterable

from .multibase import NotMultibase, base64url, from_base64url

ENTRIES = 131_072
LARGEST = 2**24
"""Bytes of a list that somebody else made; more is not unpacked."""


class NotAStatusList(ValueError):  # noqa: N818 - said of a text
    """The text holds no list of bits."""


def encoded(places: Iterable[int]) -> str:
    """The list in which the bits at `places` (0, 1, ... below ENTRIES) are set, and no others. The same places
    always give the same text. Raises IndexError for a place beyond the list."""
    bits = bytearray(ENTRIES // 8)
    for place in places:
        if not 0 <= place < ENTRIES:
            raise IndexError(f"a status list has {ENTRIES} places, and no place {place}")
        bits[place // 8] |= 0x80 >> place % 8
    return base64url(gzip.compress(bits, mtime=0))


def is_set(text: str, place: int) -> bool:
    """Whether the bit at `place` is set in the list that `text` holds. Raises NotAStatusList where it holds none,
    or one without that place."""
    bits = _unpacked(text)
    if not 0 <= place < len(bits) * 8:
        raise NotAStatusList("the list has no such place")
    return bool(bits[place // 8] & 0x80 >> place % 8)


def _unpacked(text: str) -> bytes:
    try:
        with gzip.open(io.BytesIO(from_base64url(text))) as packed:
            bits = packed.read(LARGEST + 1)
    except (NotMultibase, OSError, EOFError, zlib.error) as error:
        raise NotAStatusList("not a compressed list of bits") from error
    if not ENTRIES // 8 <= len(bits) <= LARGEST:
        raise NotAStatusList("a list shorter or longer than any status list")
    return bits
