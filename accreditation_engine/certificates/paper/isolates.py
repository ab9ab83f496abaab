"""Directional isolates: text of its own direction within a line of the other one."""

from __future__ import annotations

import re

_LTR, _FIRST_STRONG, _RTL, _POP = "\u2066", "\u2068", "\u2067", "\u2069"
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\u061c\u200e\u200f]")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def has_right_to_left(text: str) -> bool:
    """Whether words of Arabic or Hebrew stand in `text`."""
    return bool(_RIGHT_TO_LEFT.search(text))


def one_line(text: str) -> str:
    """`text` in one line and without bidirectional controls, which could turn what stands around it."""
    return " ".join(_UNPRINTABLE.sub(" ", _CONTROLS.sub("", text)).split())


def left_to_right(text: str) -> str:
    """A number, a code or an address, kept from left to right in a line of either direction."""
    return f"{_LTR}{one_line(text)}{_POP}"


def right_to_left(text: str) -> str:
    """A phrase that reads from right to left whatever it begins with, such as ٨٥٪."""
    return f"{_RTL}{one_line(text)}{_POP}"


def own_direction(text: str) -> str:
    """A name in a sentence, in the direction of its own first letter."""
    return f"{_FIRST_STRONG}{one_line(text)}{_POP}"
