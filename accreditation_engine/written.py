"""What counts as written: the one place that says it of every comment, reason, note and answer.

What leaves its place empty says nothing, however often it stands there: blanks, marks that steer letters and are
not seen themselves, marks without a letter to stand on, and the letters that Unicode has for an empty place.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 20_000
"""Characters of one text, as it is kept: more than anybody reads."""

EMPTY_PLACES = frozenset(
    "\u115f\u1160\u3164\uffa0"  # fillers of Hangul, letters to Unicode
    "\u2800"  # Braille without a dot
    "\ufffc"  # where an object stood that did not come along
    "\U0001d159"  # a note without a head
    "\U00013441\U00013442"  # blanks of hieroglyphs
)
SEEN = frozenset("LNPS")
"""First letters of the general categories whose characters are seen: letters, numbers, punctuation, symbols."""

_ENDS_OF_LINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_NOT_KEPT = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BLANKS = "".join(each for each in map(chr, range(0x3001)) if each.isspace()) + "\u200b\u2060\ufeff"
"""With a width and without. Marks of direction are none of them: they put a sentence's last sign in its place."""


def kept_text(typed: str) -> str:
    """Free text as it is kept: "" where nothing of it is seen; else with one end of line ("\\n"), without blanks
    around it, and without what no database takes or no page shows (control characters, half a character)."""
    text = _NOT_KEPT.sub("", _ENDS_OF_LINES.sub("\n", typed))
    return text.strip(_BLANKS) if is_seen(text) else ""


def kept_line(typed: str) -> str:
    """A name or a title as it is kept: in one line, with one blank between words, and without what turns letters
    round: an override makes one name look like another. Marks of direction stay, as in a text."""
    return " ".join(_TURNING.sub("", kept_text(typed)).split())


def is_seen(text: str) -> bool:
    """Whether somebody who reads `text` sees anything."""
    return any(unicodedata.category(each)[0] in SEEN and each not in EMPTY_PLACES for each in text)
