"""JSON of a stranger's making, read so that it means to us what it means to every other reader."""

from __future__ import annotations

import json
from typing import Any

LARGEST = 256 * 2**10
"""Bytes of a credential; ours have about 6,000."""


class NotPlainJson(ValueError):  # noqa: N818 - said of a text
    """No JSON object, or one that readers may read differently."""


def read_object(content: bytes) -> dict[str, Any]:
    """The object that `content` holds. Raises NotPlainJson where it holds none, is too large or too deep, names a
    key twice (of which readers take one or the other), or has numbers that are none in JSON."""
    if len(content) > LARGEST:
        raise NotPlainJson("too large")
    try:
        found = json.loads(
            content.decode("utf-8-sig"), object_pairs_hook=_each_key_once, parse_constant=_no_constant
        )
    except (ValueError, RecursionError) as error:
        raise NotPlainJson("no JSON") from error
    if not isinstance(found, dict):
        raise NotPlainJson("no object")
    return found


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NotPlainJson("a key stands twice")
    return found


def _no_constant(name: str) -> Any:
    raise NotPlainJson(f"{name} is no number")
