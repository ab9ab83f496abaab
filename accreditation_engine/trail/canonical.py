"""The canonical form of an event: RFC 8785 bytes of the profile without floats.

Within this profile (null, booleans, integers that a double holds exactly, strings of whole characters, lists,
and mappings with ASCII keys) the C encoder of the standard library writes the very bytes that RFC 8785 asks
for; the tests compare it with the `rfc8785` package. Everything outside the profile is refused on write.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

LARGEST = 2**53 - 1
DEEPEST = 64  # lists and mappings in one another; readers of JSON give up at a few hundred
_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class NotCanonical(ValueError):  # noqa: N818 - said of a value
    """A value that the trail cannot hold. The message names the place and what to write instead."""


def canonical_bytes(value: Any) -> bytes:
    """The RFC 8785 bytes of `value`. Raises NotCanonical for values outside the profile."""
    _check(value, "$", DEEPEST)
    return _encoder.encode(value).encode()


def check_text(value: str, path: str) -> None:
    """Raises NotCanonical for text that UTF-8 cannot hold."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise NotCanonical(f"{path}: half a character (a lone surrogate) cannot be kept") from None


def _check(value: Any, path: str, depth: int) -> None:
    if isinstance(value, str):
        if not value.isascii():
            check_text(value, path)
    elif isinstance(value, dict | list | tuple):
        if depth == 0:
            raise NotCanonical(f"{path[:60]}...: nested too deep, more than {DEEPEST} levels")
        for part, place in _parts(value, path):
            _check(part, place, depth - 1)
    else:
        _check_atom(value, path)


def _parts(value: Any, path: str) -> Iterator[tuple[Any, str]]:
    """What `value` holds, each part with its place."""
    if not isinstance(value, dict):
        yield from ((part, f"{path}[{index}]") for index, part in enumerate(value))
        return
    for key, part in value.items():
        if not (isinstance(key, str) and key.isascii()):
            raise NotCanonical(f"{path}: the key {key!r} is not ASCII text")
        yield part, f"{path}.{key}"


def _check_atom(value: Any, path: str) -> None:
    if value is None or isinstance(value, bool):
        return
    if not isinstance(value, int):
        raise NotCanonical(f"{path}: {type(value).__name__} cannot be kept; write it as text")
    if abs(value) > LARGEST:
        raise NotCanonical(
            f"{path}: a whole number beyond {LARGEST} cannot be kept exactly; write it as text"
        )
