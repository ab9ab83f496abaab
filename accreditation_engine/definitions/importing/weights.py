"""Weights as tables and libraries have them, and what is the matter with those that no rubric can have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from ..base import as_text
from ..said import Said, say
from ..western import WESTERN
from .drafts import clean

Trouble = Literal["no_number", "missing", "infinite", "below_zero", "too_large", "decimals", "exponent"]
LIMIT = Decimal(10) ** 12
FINEST = Decimal("1E-10")
_WESTERN = str.maketrans({**WESTERN, "−": "-"})
_PLAIN = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_EXPONENT = re.compile(_PLAIN.pattern + r"[eE][+-]?[0-9]{1,9}")
_MISSING = re.compile(r"[+-]?\.?nan", re.IGNORECASE)
_INFINITE = re.compile(r"[+-]?\.?inf(inity)?", re.IGNORECASE)
_COMMA = re.compile(r"[+-]?[0-9]+[,،][0-9]+")
_PERCENT = re.compile(r"[0-9.]+ ?[%٪]")


@dataclass(frozen=True)
class Weight:
    """A weight that is written somewhere: its `number`, or in `trouble` why it can be none, with the number that
    it might have been."""

    text: str
    number: Decimal
    trouble: Trouble | None = None

    def refusal(self) -> Said:
        """What is wrong with it and what to write instead."""
        sentence, values = _REFUSALS[self.trouble or "no_number"], {"text": self.text[:40]}
        if self.trouble == "no_number":
            return say(sentence, **values, remedy=_remedy(self.text.translate(_WESTERN)))
        if self.trouble == "exponent":
            return say(sentence, **values, plain=as_text(self.number))
        return say(sentence, **values)


def weight_in(cell: Any) -> Weight | None:
    """What a cell or a key holds; None where it is empty. A binary float, which is how a spreadsheet keeps every
    number, has the ten decimals that a rubric may have."""
    text = clean(cell)
    if not text:
        return None
    if isinstance(cell, bool):
        return Weight(text, Decimal(1), "no_number")
    written = text.translate(_WESTERN)
    if _MISSING.fullmatch(written) or _INFINITE.fullmatch(written):
        return Weight(text, Decimal(1), "missing" if _MISSING.fullmatch(written) else "infinite")
    if not _PLAIN.fullmatch(written) and not _EXPONENT.fullmatch(written):
        return Weight(text, Decimal(1), "no_number")
    number = Decimal(written)
    return Weight(text, *_judged(number, isinstance(cell, float), plain=bool(_PLAIN.fullmatch(written))))


def _judged(number: Decimal, binary: bool, *, plain: bool) -> tuple[Decimal, Trouble | None]:
    if number < 0:
        return Decimal(1), "below_zero"
    if number >= LIMIT:
        return Decimal(1), "too_large"
    rounded = number.quantize(FINEST)
    if binary or (plain and rounded == number):
        return rounded.normalize() + 0, None
    return rounded, "decimals" if rounded != number else "exponent"


def _remedy(text: str) -> Said:
    if _COMMA.fullmatch(text):
        return say("write it with a point, as 2.5")
    if _PERCENT.fullmatch(text):
        return say("write it without the percent sign")
    return say("write for example 2 or 0.5")


_REFUSALS: dict[Trouble, str] = {
    "no_number": "the weight '{text}' is no number; {remedy}",
    "missing": "the weight '{text}' marks a number that is missing; leave the cell empty, or write one",
    "infinite": "the weight '{text}' is infinite; write a number below 1000000000000",
    "below_zero": "the weight '{text}' is below 0; write 0 or more",
    "too_large": "the weight '{text}' is too large; write a number below 1000000000000",
    "decimals": "the weight '{text}' has more than 10 decimals; round it",
    "exponent": "the weight '{text}' is written with an exponent; write {plain}",
}
