"""Names as they are compared, however people spell them: in capitals or not, with underscores or blanks, with or
without vowel signs, hamza, the dots of a yeh or those of a teh marbuta."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ـ": "", "_": " "})


def plain_name(name: str) -> str:
    """Small letters, no vowel signs, single blanks, and one form of letters that are often mixed up."""
    letters = (each for each in unicodedata.normalize("NFC", name) if unicodedata.category(each) != "Mn")
    return " ".join("".join(letters).translate(_LETTERS).casefold().split())
