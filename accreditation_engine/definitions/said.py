"""What is said about a definition, in English and in Arabic at once.

Whoever finds something wrong says it with `say`, as one sentence with its values by name:

    say("'{id}' is a {what}, not an area; write '{what}:'", id=test.id, what="criterion")

What comes of it is a text, in English; its Arabic comes along. The Arabic of every sentence stands in `arabic`,
under the English one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .arabic import ARABIC

FIRST_STRONG, POP = "\u2068", "\u2069"


class Said(str):
    """A text in English that knows its Arabic."""

    arabic: str

    def __new__(cls, english: str, arabic: str) -> Said:
        said = super().__new__(cls, english)
        said.arabic = arabic
        return said

    def in_language(self, language: str) -> str:
        """In `language`: "ar" or "en"; a longer tag such as "en-gb" counts as its first part."""
        return str(self) if language.startswith("en") else self.arabic


def say(sentence: str, **values: object) -> Said:
    """`sentence` with its values, which may have been said themselves. Inside Arabic all others are isolated."""
    arabic = {name: _inside_arabic(value) for name, value in values.items()}
    return Said(sentence.format(**values), ARABIC.get(sentence, sentence).format(**arabic))


def as_said(text: str) -> Said:
    """`text` as it is, in both languages: what others said, or names."""
    return text if isinstance(text, Said) else Said(text, text)


def listed(values: Iterable[object]) -> Said:
    """Values one after the other, with the comma of the language."""
    each = list(values)
    return Said(", ".join(map(str, each)), "، ".join(map(_inside_arabic, each)))


def joined(parts: Iterable[Said]) -> Said:
    """What was said piece by piece, as one text."""
    each = list(parts)
    return Said("".join(each), "".join(one.arabic for one in each))


def in_language(text: str, language: str) -> str:
    """A text that may know its Arabic, in `language`."""
    return as_said(text).in_language(language)


def _inside_arabic(value: Any) -> str:
    return value.arabic if isinstance(value, Said) else f"{FIRST_STRONG}{value}{POP}"
