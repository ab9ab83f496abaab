"""The radar (spider) chart of the areas."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import cos, pi, sin

from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, String
from reportlab.lib.colors import Color, HexColor

from accreditation_engine.certificates.paper.numerals import Digits, in_digits
from accreditation_engine.certificates.paper.palette import Palette
from accreditation_engine.certificates.paper.svg import NUMBER_FONT, svg_text

FEWEST, MOST = 3, 12
SIZE, RADIUS, LABEL_RADIUS = 400, 158, 183
GRID, WORDS, ASKED = "#b9b7ae", "#33312b", "#86481a"
_CENTRE = SIZE / 2

Point = tuple[float, float]


def radar_svg(
    percents: Sequence[Decimal],
    *,
    palette: Palette,
    title: str,
    description: str = "",
    digits: Digits = "western",
    asked: Sequence[Decimal] = (),
) -> str:
    """A radar chart as SVG: an axis for each of 3 to 12 areas, numbered 1, 2, ... clockwise from the top.

    `percents` run from 0 (centre) to 100 (rim); rings stand at 25, 50, 75 and 100. `asked`, one for each axis, is
    drawn as a dashed line. The names of the areas belong into a legend beside it. Raises ValueError for fewer than
    3 or more than 12 axes.
    """
    if not FEWEST <= len(percents) <= MOST:
        raise ValueError(f"a radar chart has {FEWEST} to {MOST} axes, not {len(percents)}")
    drawing = Drawing(SIZE, SIZE)
    for part in [*_web(len(percents), palette), *_area(percents, palette), *_numbers(len(percents), digits)]:
        drawing.add(part)
    if asked:
        drawing.add(_asked(asked))
    return svg_text(drawing, title=title, description=description)


def _on_axis(axis: int, axes: int, radius: float) -> Point:
    angle = pi / 2 - 2 * pi * axis / axes
    return _CENTRE + radius * cos(angle), _CENTRE + radius * sin(angle)


def _ring(radii: Sequence[float]) -> list[float]:
    """The corners of a polygon with one corner on each axis, as ReportLab's flat list x, y, x, y ..."""
    return [value for axis, radius in enumerate(radii) for value in _on_axis(axis, len(radii), radius)]


def _web(axes: int, palette: Palette) -> list[Line | Polygon]:
    grey = HexColor(GRID)
    rings: list[Line | Polygon] = [
        Polygon(_ring([RADIUS * share] * axes), fillColor=None, strokeColor=grey, strokeWidth=width)
        for share, width in ((0.25, 0.8), (0.5, 0.8), (0.75, 0.8), (1, 1.8))
    ]
    spokes = [
        Line(_CENTRE, _CENTRE, *_on_axis(axis, axes, RADIUS), strokeColor=grey, strokeWidth=0.8)
        for axis in range(axes)
    ]
    return rings + spokes


def _area(percents: Sequence[Decimal], palette: Palette) -> list[Polygon | Circle]:
    corners = _ring([RADIUS * float(percent) / 100 for percent in percents])
    strong = HexColor(palette.strong)
    tint = Color(strong.red, strong.green, strong.blue, alpha=0.28)
    shape = Polygon(
        corners, fillColor=tint, strokeColor=HexColor(palette.ink), strokeWidth=2.6, strokeLineJoin=1
    )
    dots = [
        Circle(x, y, 4.6, fillColor=HexColor(palette.ink), strokeColor=None)
        for x, y in zip(corners[::2], corners[1::2], strict=True)
    ]
    return [shape, *dots]


def _asked(percents: Sequence[Decimal]) -> Polygon:
    return Polygon(
        _ring([RADIUS * float(percent) / 100 for percent in percents]),
        fillColor=None,
        strokeColor=HexColor(ASKED),
        strokeWidth=2.4,
        strokeDashArray=[9, 6],
        strokeLineJoin=1,
    )


def _numbers(axes: int, digits: Digits) -> list[String]:
    places = [_on_axis(axis, axes, LABEL_RADIUS) for axis in range(axes)]
    return [
        String(
            x,
            y - 8,
            in_digits(str(number), digits),
            fontName=NUMBER_FONT,
            fontSize=26,
            textAnchor="middle",
            fillColor=HexColor(WORDS),
        )
        for number, (x, y) in enumerate(places, start=1)
    ]
