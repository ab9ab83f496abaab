"""A few SVG elements. Everything that comes from a definition is escaped here."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr


def element(name: str, *inside: str, **attributes: object) -> str:
    """An element; `inside` is SVG already. `font_size=3` becomes `font-size="3"`, `class_` becomes `class`, a
    number is cut to one decimal, None is left out."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_plain(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(inside)}</{name}>" if inside else f"<{name}{written}/>"


def words(text: str) -> str:
    """Text as the inside of an element."""
    return escape(text)


def path(points: Iterable[str], **attributes: object) -> str:
    return element("path", d=" ".join(points), **attributes)


def point(x: float, y: float) -> str:
    return f"{_plain(x)} {_plain(y)}"


def _plain(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
