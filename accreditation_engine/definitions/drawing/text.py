"""How much room text takes, without asking a font: the page that shows the picture chooses that."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

_NARROW = frozenset("iljtf.,:;'!|()[] ا")
_WIDE = frozenset("mwMWصضسش%@")


def width(text: str, size: float) -> float:
    """The width of `text` in a sans serif of `size`, in the same unit; a little generous."""
    return sum(map(_share, text)) * size


def _share(char: str) -> float:
    if combining(char):
        return 0.0
    if char in _NARROW:
        return 0.34
    if char in _WIDE or east_asian_width(char) in "WF":
        return 0.9
    return 0.66 if char.isupper() else 0.56


def wrapped(text: str, size: float, room: float) -> list[str]:
    """`text` in lines that fit into `room` where words allow it."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
