"""Two events field by field."""

from __future__ import annotations

from typing import Any

from .fields import fields_of, meaning, shown
from .spoken import Spoken

OPEN = ("stream", "seq", "at", "kind", "hash")
"""What is told of an event that is withheld as well."""


def compared(one: Spoken, other: Spoken) -> list[dict[str, Any]]:
    """A row for each field that either has, in the order of the first: path, meaning, both values, whether they
    differ."""
    left, right = _said(one), _said(other)
    return [
        {
            "path": path,
            "meaning": meaning(path),
            "one": left.get(path, ""),
            "other": right.get(path, ""),
            "differs": left.get(path, "") != right.get(path, ""),
        }
        for path in {**left, **right}
    ]


def _said(each: Spoken) -> dict[str, str]:
    content = each.told.content
    told = {name: content[name] for name in OPEN} if each.withheld else content
    return {path: shown(value) for path, value in fields_of(told)}
