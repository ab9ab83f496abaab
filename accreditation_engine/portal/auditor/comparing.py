"""Two events field by field."""

from __future__ import annotations

from typing import Any

from .field_words import names_of_identifiers, words_for_fields
from .fields import fields_of, meaning, shown
from .spoken import Spoken

OPEN = ("stream", "seq", "at", "kind", "hash")
"""What is told of an event that is withheld as well."""


def compared(one: Spoken, other: Spoken) -> list[dict[str, Any]]:
    """A row for each field that either has, in the order of the first: path, meaning, both values, what
    codes are called in either, whether they differ."""
    left, right = _said(one), _said(other)
    names = names_of_identifiers([each for each in (one, other) if not each.withheld])
    left_words, right_words = words_for_fields(one, names), words_for_fields(other, names)
    return [
        {
            "path": path,
            "meaning": meaning(path, (one if path in left else other).event.edition),
            "one": left.get(path, ""),
            "other": right.get(path, ""),
            "one_words": left_words.get(path, ""),
            "other_words": right_words.get(path, ""),
            "differs": left.get(path, "") != right.get(path, ""),
        }
        for path in {**left, **right}
    ]


def _said(each: Spoken) -> dict[str, str]:
    content = each.told.content
    told = {name: content[name] for name in OPEN} if each.withheld else content
    return {path: shown(value) for path, value in fields_of(told)}
