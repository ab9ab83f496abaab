"""Whether the grounds of an erasure repeat what it erases: they stay in the trail for good (docs/decisions/019).

Words are compared as they are looked for (hamza, teh marbuta, vowel marks, capitals) and without the letters that
Arabic writes onto the front of a word (و، ف، ب، ل، ك، ال).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from accreditation_engine.trail.erasure import NAME
from accreditation_engine.trail.folding import MARKS, folded
from accreditation_engine.trail.models import Name

from .erasures import Piece
from .reasons import Reason

IN_SEQUENCE = {"reason": 3, "basis": 6}
"""So many words of a text in sequence repeat it. A law is called by many words, which a text may use as well."""
OF_A_NAME = 2
SHORTEST = 3
"""Letters of a word that can be somebody's, and that are left when what is written onto it goes."""
LONG_NUMBER = 9
"""Digits of a number that is somebody's: of a telephone or an identity card. Laws, years and dates have fewer."""

_LETTERS = rf"(?:[^\W_]|[{MARKS}])+"
_WORD = re.compile(rf"{_LETTERS}(?:[.@+-]+{_LETTERS})*")
_WRITTEN_ONTO = ("ال", "و", "ف", "ب", "ل", "ك")
Words = tuple[str, ...]


@dataclass(frozen=True)
class _Grounds:
    """One of the two: its words as typed, and as they are compared."""

    field: str
    typed: Words
    words: Words

    def shared(self, words: Words, length: int) -> str:
        """The first `length` words in sequence that stand in `words` in the same order; "" for none."""
        runs = set(_runs(words, length))
        for start, run in enumerate(_runs(self.words, length)):
            if run in runs:
                return " ".join(self.typed[start : start + length])
        return ""


def repetitions(
    pieces: Collection[Piece], reason: str, basis: str, *, told_apart: bool = False
) -> list[Reason]:
    """What of `pieces` the grounds repeat: for each of the two, one Reason with the words.

    A name (two words of it, or its only one), an address, a long number or several words of a text in sequence are
    refused always. Two words of a text, or one of a longer name, may be ordinary: `told_apart` says that somebody
    has looked at them. One query, where two words of a text are shared.
    """
    vanishing = [(piece, _words(piece.text)) for piece in pieces]
    found = []
    for field, text in (("reason", reason), ("basis", basis)):
        typed = tuple(_WORD.findall(text))
        grounds = _Grounds(field, typed, tuple(map(_compared, typed)))
        if certain := next(_certain(grounds, vanishing), ""):
            found.append(Reason("erasure_repeats", {"field": field, "words": certain}))
        elif not told_apart and (perhaps := next(_perhaps(grounds, vanishing), "")):
            found.append(Reason("erasure_may_repeat", {"field": field, "words": perhaps}))
    return found


def _certain(grounds: _Grounds, vanishing: Collection[tuple[Piece, Words]]) -> Iterator[str]:
    for piece, words in vanishing:
        length = min(OF_A_NAME, len(words)) if piece.what == NAME else IN_SEQUENCE[grounds.field]
        telling = tuple(each for each in words if _is_somebodys(each))
        for shared in (grounds.shared(words, length), grounds.shared(telling, 1)):
            if shared:
                yield shared
    pairs = {pair for _, words in vanishing for pair in _pairs(words)}.intersection(_pairs(grounds.words))
    yield from filter(None, (grounds.shared(pair, OF_A_NAME) for pair in _names_among(pairs)))


def _perhaps(grounds: _Grounds, vanishing: Collection[tuple[Piece, Words]]) -> Iterator[str]:
    for piece, words in vanishing:
        if piece.what == NAME:
            yield from filter(None, (grounds.shared((each,), 1) for each in words if _may_be_a_name(each)))
        else:
            yield from filter(None, (grounds.shared(pair, len(pair)) for pair in _pairs(words)))


def _names_among(pairs: Collection[Words]) -> Iterator[Words]:
    """Those of `pairs` that stand in the name of somebody whom the trail knows."""
    if not pairs:
        return
    names = Name.objects.filter(name__isnull=False).values_list("name", flat=True).distinct()
    for name in names.iterator():
        yield from set(_runs(_words(name or ""), OF_A_NAME)).intersection(pairs)


def _pairs(words: Words) -> list[Words]:
    """Two words in sequence, neither of which is to be met everywhere."""
    return [run for run in _runs(words, OF_A_NAME) if all(map(_may_be_a_name, run))]


def _may_be_a_name(word: str) -> bool:
    return len(word) >= SHORTEST and word not in _EVERYWHERE and not word.isdigit()


def _is_somebodys(word: str) -> bool:
    digits = sum(each.isdigit() for each in word)
    return "@" in word or (digits >= LONG_NUMBER and not any(each.isalpha() for each in word))


def _runs(words: Words, length: int) -> Iterator[Words]:
    return (words[start : start + length] for start in range(len(words) - length + 1) if length)


def _words(text: str) -> Words:
    return tuple(map(_compared, _WORD.findall(text)))


def _compared(word: str) -> str:
    rest = folded(word)
    while onto := next((each for each in _WRITTEN_ONTO if rest.startswith(each)), ""):
        if len(rest) - len(onto) < SHORTEST:
            break
        rest = rest.removeprefix(onto)
    return rest


_ENGLISH = (
    "the and for was were not did does has had have her his him she they this that with from who which law article"
    " court order number asked"
)
_ARABIC = "على عن إلى هذا هذه ذلك التي الذي قد كان كانت لم بعد قبل كل غير مادة قانون رقم لسنة سنة طلب محكمة"
_EVERYWHERE = frozenset(map(_compared, f"{_ENGLISH} {_ARABIC}".split()))
