"""How the register spells what it is searched for: as the trail folds Arabic, and Latin without accents as well.

Python alone folds here, so that all that Unicode knows is at hand: the database holds what came out.
"""

from __future__ import annotations

import unicodedata

from accreditation_engine.trail.folding import as_meant, folded, spellings

NO_PARTS = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "ħ": "h",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "ی": "ي",
        "ک": "ك",
        "ھ": "ه",
        "ہ": "ه",
    }
)
"""Letters that are written for others and that Unicode does not take apart."""

WITH_ARTICLE = ("ال", "لل")
"""As in الشباب and للشباب, which are looked for as one word."""
SHORTEST = 4


def as_looked_for(text: str) -> str:
    """The same letters however a hand or a keyboard writes them, words apart by one blank."""
    apart = unicodedata.normalize("NFKD", as_meant(text))
    bare = "".join(each for each in apart if unicodedata.category(each) != "Mn")
    return " ".join(folded(bare.casefold().translate(NO_PARTS)).split())


def words_of(typed: str) -> list[tuple[str, ...]]:
    """The words that were typed, each with the ways to write it; the longest first, which most lack."""
    words = sorted(set(as_looked_for(typed).split()), key=lambda each: (-len(each), each))
    return [_ways(each) for each in words]


def _ways(word: str) -> tuple[str, ...]:
    """With the article, joined to a preposition or not, a word has all but its first letter in common."""
    ways, joined = spellings(word), word.startswith(WITH_ARTICLE) and len(word) > SHORTEST
    return (word[1:],) if joined and len(ways) == 1 else ways
