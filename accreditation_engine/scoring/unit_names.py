"""Names of branches or programmes in a text, one a line, in the one form in which a draw takes them.

A draw is by the characters of a name, so two that look alike must be alike: composed as Unicode's NFC has it,
single blanks, and none of the marks of direction that are copied along unseen.
"""

from __future__ import annotations

import re
from unicodedata import normalize

_UNSEEN = re.compile("[\0\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def unit_names(text: str) -> list[str]:
    """The names in `text`, in its order; empty lines name nothing."""
    return [name for name in map(unit_name, text.splitlines()) if name]


def unit_name(line: str) -> str:
    return " ".join(normalize("NFC", _UNSEEN.sub("", line)).split())
