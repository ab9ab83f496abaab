"""Numbered bars, for the rubrics that a radar chart cannot show."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import HexColor

from accreditation_engine.certificates.paper.numerals import Digits, in_digits
from accreditation_engine.certificates.paper.palette import Palette
from accreditation_engine.certificates.paper.svg import NUMBER_FONT, svg_text

WIDTH, ROW, BAR, GUTTER = 400, 44, 18, 44


def bars_svg(
    percents: Sequence[Decimal],
    *,
    palette: Palette,
    title: str,
    description: str = "",
    digits: Digits = "western",
) -> str:
    """Horizontal bars as SVG, one for each percent (0 to 100), numbered 1, 2, ... from the top, from left to
    right. Raises ValueError when there is nothing to show."""
    if not percents:
        raise ValueError("bars need at least one percent")
    drawing = Drawing(WIDTH, ROW * len(percents))
    for index, percent in enumerate(percents):
        base = drawing.height - ROW * (index + 1)
        for part in _row(index + 1, float(percent), base, palette, digits):
            drawing.add(part)
    return svg_text(drawing, title=title, description=description)


def _row(number: int, percent: float, base: float, palette: Palette, digits: Digits) -> list[Rect | String]:
    length, bottom = WIDTH - GUTTER, base + (ROW - BAR) / 2
    track = Rect(GUTTER, bottom, length, BAR, fillColor=HexColor(palette.soft), strokeColor=None)
    bar = Rect(
        GUTTER, bottom, length * percent / 100, BAR, fillColor=HexColor(palette.strong), strokeColor=None
    )
    label = String(
        GUTTER - 14,
        base + ROW / 2 - 8,
        in_digits(str(number), digits),
        fontName=NUMBER_FONT,
        fontSize=26,
        textAnchor="end",
        fillColor=HexColor("#33312b"),
    )
    return [track, bar, label]
