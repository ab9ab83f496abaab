"""Plain scalars of YAML 1.2: what is a number, a truth value or nothing, and what is text."""

from __future__ import annotations

import re
from decimal import Decimal
from unicodedata import category

Scalar = str | int | Decimal | bool | None

_WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,9})?")
_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def resolve(text: str) -> Scalar:
    """The value of an unquoted scalar. A number is exact: what was written, never a binary float."""
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text


def unprintable(text: str) -> bool:
    """Whether `text` holds a character that no database and no page can keep: a control or half a pair."""
    return any(category(char) in ("Cc", "Cs") and char not in "\n\t\r\x85" for char in text)
