"""The ornament of the certificate, built from the khatam: two squares, one turned by an eighth, interlaced.

A border is a row of khatams whose turned squares meet at their points, so that two bands run through the
whole frame, each passing over and under in turn. The seal is the same star twice as fine: four squares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import cos, pi, sin

from reportlab.graphics.shapes import Circle, Drawing, Path, Rect
from reportlab.lib.colors import HexColor

from accreditation_engine.certificates.paper.palette import Palette
from accreditation_engine.certificates.paper.svg import svg_text

Point = tuple[float, float]
Stroke = tuple[Point, Point]
Figures = Sequence[Sequence[Point]]

CELL = 100
BAND, GROOVE = 11.0, 6.4
SEAL = 600


@cache
def frame_svg(columns: int, rows: int, palette: Palette) -> str:
    """A frame of `columns` by `rows` square cells, one khatam in each, as SVG (100 units a cell).

    Raises ValueError for fewer than two columns or rows.
    """
    if min(columns, rows) < 2:
        raise ValueError(f"a frame has at least 2 by 2 cells, not {columns} by {rows}")
    drawing = Drawing(columns * CELL, rows * CELL)
    cells = list(_ring(columns, rows))
    drawing.add(_rectangle(columns, rows, 0, fill=palette.soft))
    for part in (*_hearts(cells, palette), *_bands(cells, palette)):
        drawing.add(part)
    # The sheet covers the points of the bands that reach beyond their rule.
    drawing.add(_rectangle(columns, rows, CELL, fill=palette.paper))
    for inset, width in ((0, 9.0), (CELL, 9.0), (CELL + 22, 2.5)):
        drawing.add(_rectangle(columns, rows, inset, stroke=palette.ink, width=width))
    return svg_text(drawing, title="")


@cache
def divider_svg(palette: Palette) -> str:
    """Three small khatams in a row, to part the head of a page from what follows; 320 by 120 units."""
    margin = 10  # into which the points of the bands reach
    cells = [(margin + (n + 0.5) * CELL, margin + CELL / 2) for n in range(3)]
    drawing = Drawing(3 * CELL + 2 * margin, CELL + 2 * margin)
    for part in (*_hearts(cells, palette), *_bands(cells, palette)):
        drawing.add(part)
    return svg_text(drawing, title="")


@cache
def seal_svg(palette: Palette) -> str:
    """A medallion with an empty disc in the middle, 0.6 of its width, for the outcome; 600 by 600 units."""
    middle, radius, band, groove = (SEAL / 2, SEAL / 2), 284, 13.0, 7.0
    drawing = Drawing(SEAL, SEAL)
    drawing.add(_lines(_squares(middle, radius, 16), palette.strong, 0, fill=palette.strong))
    for part in _interlaced(
        _squares(middle, radius, 16), _overpasses(middle, radius, 16, 11), band, groove, palette
    ):
        drawing.add(part)
    for circle in _disc(palette):
        drawing.add(circle)
    return svg_text(drawing, title="")


def _disc(palette: Palette) -> list[Circle]:
    ink, strong, paper = (HexColor(colour) for colour in (palette.ink, palette.strong, palette.paper))
    rings = ((192, ink, None), (188, strong, None), (181, paper, ink), (173, None, strong))
    return [
        Circle(SEAL / 2, SEAL / 2, radius, fillColor=fill, strokeColor=stroke, strokeWidth=1.6)
        for radius, fill, stroke in rings
    ]


def _ring(columns: int, rows: int) -> Iterator[Point]:
    """The centres of the cells along the four sides, each once."""
    for column in range(columns):
        for row in range(rows):
            if column in (0, columns - 1) or row in (0, rows - 1):
                yield (column + 0.5) * CELL, (row + 0.5) * CELL


def _polar(x: float, y: float, radius: float, angle: float) -> Point:
    return x + radius * cos(angle), y + radius * sin(angle)


def _rectangle(
    columns: int,
    rows: int,
    inset: float,
    *,
    fill: str | None = None,
    stroke: str | None = None,
    width: float = 0,
) -> Rect:
    return Rect(
        inset,
        inset,
        columns * CELL - 2 * inset,
        rows * CELL - 2 * inset,
        fillColor=HexColor(fill) if fill else None,
        strokeColor=HexColor(stroke) if stroke else None,
        strokeWidth=width,
    )


def _hearts(cells: Iterable[Point], palette: Palette) -> list[Path]:
    """The eight-sided middle of each khatam, filled, with a small star left open in it."""
    filled, open_stars = Path(), Path()
    inner = CELL / 2 * cos(pi / 4) / cos(pi / 8)
    for x, y in cells:
        _outline(filled, [_polar(x, y, inner, pi / 8 + k * pi / 4) for k in range(8)])
        _outline(open_stars, [_polar(x, y, 17 if k % 2 else 9.5, k * pi / 8) for k in range(16)])
    return [_painted(filled, palette.strong), _painted(open_stars, palette.paper)]


def _bands(cells: Sequence[Point], palette: Palette) -> list[Path]:
    """The interlacing of a row of khatams, each of which meets its neighbours at the points."""
    squares = [square for cell in cells for square in _squares(cell, CELL / 2, 8)]
    over = [piece for cell in cells for piece in _overpasses(cell, CELL / 2, 8, 9)]
    meetings = [piece for cell in cells for piece in _meetings(cell, cells)]
    return _interlaced(squares, over + meetings, BAND, GROOVE, palette)


def _interlaced(
    lines: Figures, over: Sequence[Stroke], band: float, groove: float, palette: Palette
) -> list[Path]:
    """Every band, and then again the short pieces where one passes over another."""
    longer = [_stretched(piece, 1.25) for piece in over]
    return [
        _lines(lines, palette.ink, band),
        _lines(lines, palette.paper, groove),
        _lines(over, palette.ink, band),
        _lines(longer, palette.paper, groove),
    ]


def _squares(centre: Point, radius: float, points: int) -> list[list[Point]]:
    """The squares that make a star of 8, 16 ... points, each as its four corners."""
    turns = (2 * pi * k / points for k in range(points // 4))
    return [[_polar(*centre, radius, turn + k * pi / 2) for k in range(4)] for turn in turns]


def _overpasses(centre: Point, radius: float, points: int, half: float) -> list[Stroke]:
    """Short pieces of the band on top at each crossing within a star.

    A star of n points has n sides. Following one side, it crosses its n/4 - 1 neighbours on the left, then
    those on the right; it goes over the first, under the second, and so on. The neighbours agree: what is
    the d-th crossing to the right for one is the d-th to the left for the other.
    """
    reach, step = radius * cos(pi / 4), 2 * pi / points
    most = points // 4 - 1
    neighbours = [d for d in range(-most, most + 1) if d != 0][::2]
    return [
        _short(_polar(*centre, reach / cos(d * step / 2), (side + d / 2) * step), side * step + pi / 2, half)
        for side in range(points)
        for d in neighbours
    ]


def _meetings(cell: Point, cells: Sequence[Point]) -> list[Stroke]:
    """The pieces on top where this khatam meets those to the right and above, still in turn."""
    x, y = cell
    meetings = []
    if (x + CELL, y) in cells:
        meetings.append(_short((x + CELL / 2, y), pi / 4, 9))
    if (x, y + CELL) in cells:
        meetings.append(_short((x, y + CELL / 2), 3 * pi / 4, 9))
    return meetings


def _short(at: Point, angle: float, half: float) -> Stroke:
    return _polar(*at, half, angle), _polar(*at, half, angle + pi)


def _stretched(stroke: Stroke, factor: float) -> Stroke:
    (x0, y0), (x1, y1) = stroke
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return (x + (x0 - x) * factor, y + (y0 - y) * factor), (x + (x1 - x) * factor, y + (y1 - y) * factor)


def _outline(path: Path, points: Sequence[Point]) -> None:
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.closePath()


def _painted(path: Path, colour: str) -> Path:
    path.fillColor, path.strokeColor = HexColor(colour), None
    return path


def _lines(figures: Figures, colour: str, width: float, fill: str | None = None) -> Path:
    """All figures as one path, which keeps a frame of a hundred cells to a handful of elements.

    Two points make a piece of line; more make a closed figure.
    """
    path = Path(
        fillColor=HexColor(fill) if fill else None,
        strokeColor=HexColor(colour),
        strokeWidth=width,
        strokeLineCap=0,
    )
    for points in figures:
        if len(points) > 2:
            _outline(path, points)
        else:
            path.moveTo(*points[0])
            path.lineTo(*points[1])
    return path
