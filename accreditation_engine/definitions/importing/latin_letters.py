"""Names in Arabic or accented letters written in plain Latin ones, so that ids made of them can be read.

Short vowels are not written in Arabic, so this is no pronunciation; it keeps the consonants, and the long vowels,
which is enough to know the word again: النزاهة becomes nzaha, الشفافية shfafya. The article goes.
"""

from __future__ import annotations

import re
import unicodedata

# fmt: off
LETTERS = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh",
    "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a",
    "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h",
    "أ": "a", "آ": "a", "ى": "a", "ٱ": "a", "إ": "i", "ة": "a", "ء": "", "ئ": "", "ؤ": "", "ـ": "",
    "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g", "ڤ": "v", "ک": "k", "ی": "y",
    "\u064e": "a", "\u064f": "u", "\u0650": "i",
}
# fmt: on
LONG = {"و": ("w", "u"), "ي": ("y", "i")}
"""As a consonant, at the beginning and beside a vowel, and as a vowel between consonants and at the end."""
_ARTICLE = re.compile(r"\b(و?)ال(?=\w\w)")
_ARABIC = re.compile(r"[\u0600-\u06ff]+")
_RUNS = re.compile(r"([aiu])\1+")


def in_latin_letters(text: str) -> str:
    """`text` with Arabic letters, digits and accented Latin letters made plain; what has no letter here stays."""
    shorn = _ARTICLE.sub(r"\1", unicodedata.normalize("NFKC", text))
    words = _ARABIC.sub(lambda found: _word(found[0]), shorn)
    apart = unicodedata.normalize("NFKD", words)
    return "".join(each for each in apart if unicodedata.category(each) != "Mn")


def _word(arabic: str) -> str:
    letters = "".join(_letter(arabic, at) for at in range(len(arabic)))
    return _RUNS.sub(r"\1", letters)


def _letter(text: str, at: int) -> str:
    letter = text[at]
    if letter in LONG:
        return LONG[letter][_is_vowel_between(text, at)]
    if letter in LETTERS:
        return LETTERS[letter]
    return str(unicodedata.digit(letter)) if letter.isdigit() else letter


def _is_vowel_between(text: str, at: int) -> bool:
    """Whether the long letter at `at` is read as a vowel: it does not begin the word, and touches no vowel."""
    before, after = text[max(at - 1, 0) : at], text[at + 1 : at + 2]
    return before.isalpha() and not _sounds(before) and not _sounds(after)


def _sounds(letter: str) -> bool:
    """Whether a letter is written as a vowel, and is one."""
    return LETTERS.get(letter) in ("a", "i", "u") and letter != "ع"
