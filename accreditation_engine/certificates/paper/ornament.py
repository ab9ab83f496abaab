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
    for part in (*_ground(columns, rows, palette), *_hearts(cells, palette), *_bands(cells, palette)):
        drawing.add(part)
    for rule in _rules(columns, rows, palette):
        drawing.add(rule)
    return svg_text(drawing, title="")


@cache
def divider_svg(palette: Palette) -> str:
    """Three small khatams in a row, to part the head of a page from what follows; 300 by 100 units."""
    cells = [(CELL / 2, CELL / 2), (1.5 * CELL, CELL / 2), (2.5 * CELL, CELL / 2)]
    drawing = Drawing(3 * CELL, CELL)
    for part in (*_hearts(cells, palette), *_bands(cells, palette)):
        drawing.add(part)
    return svg_text(drawing, title="")


@cache
def seal_svg(palette: Palette) -> str:
    """A medallion with an empty disc in the middle, 0.64 of its width, for the outcome; 600 by 600 units."""
    middle, paper, ink = SEAL / 2, HexColor(palette.paper), HexColor(palette.ink)
    drawing = Drawing(SEAL, SEAL)
    star = [_polar(middle, middle, radius, k * pi / 16) for k, radius in _star_radii()]
    squares = [
        (_polar(middle, middle, 286, angle), _polar(middle, middle, 286, angle + pi / 2))
        for angle in (k * pi / 8 for k in range(16))
    ]
    drawing.add(_closed(star, fill=palette.strong, stroke=palette.ink, width=3))
    drawing.add(_lines(squares, palette.paper, 3.2))
    drawing.add(Circle(middle, middle, 208, fillColor=ink, strokeColor=None))
    drawing.add(Circle(middle, middle, 203, fillColor=HexColor(palette.strong), strokeColor=None))
    drawing.add(Circle(middle, middle, 197, fillColor=paper, strokeColor=ink, strokeWidth=2))
    drawing.add(
        Circle(middle, middle, 188, fillColor=None, strokeColor=HexColor(palette.strong), strokeWidth=1.2)
    )
    return svg_text(drawing, title="")


def _star_radii() -> Iterator[tuple[int, float]]:
    """The outline of four squares about one centre: 16 points and the 16 corners between them."""
    inner = 286 * cos(pi / 4) / cos(pi / 4 - pi / 16)
    for k in range(32):
        yield k, 286 if k % 2 == 0 else inner


def _ring(columns: int, rows: int) -> Iterator[Point]:
    """The centres of the cells along the four sides, each once."""
    for column in range(columns):
        for row in range(rows):
            if column in (0, columns - 1) or row in (0, rows - 1):
                yield (column + 0.5) * CELL, (row + 0.5) * CELL


def _polar(x: float, y: float, radius: float, angle: float) -> Point:
    return x + radius * cos(angle), y + radius * sin(angle)


def _ground(columns: int, rows: int, palette: Palette) -> list[Rect]:
    outer = Rect(0, 0, columns * CELL, rows * CELL, fillColor=HexColor(palette.soft), strokeColor=None)
    inner = Rect(
        CELL,
        CELL,
        (columns - 2) * CELL,
        (rows - 2) * CELL,
        fillColor=HexColor(palette.paper),
        strokeColor=None,
    )
    return [outer, inner]


def _rules(columns: int, rows: int, palette: Palette) -> list[Rect]:
    """A strong rule on either side of the band, and a fine one inside."""
    places = ((0, 9.0), (CELL, 9.0), (CELL + 22, 2.5))
    return [
        Rect(
            inset,
            inset,
            columns * CELL - 2 * inset,
            rows * CELL - 2 * inset,
            fillColor=None,
            strokeColor=HexColor(palette.ink),
            strokeWidth=width,
        )
        for inset, width in places
    ]


def _hearts(cells: Iterable[Point], palette: Palette) -> list[Path]:
    """The eight-sided middle of each khatam, filled, with a small star left open in it."""
    filled, open_stars = Path(), Path()
    inner = CELL / 2 * cos(pi / 4) / cos(pi / 8)
    for x, y in cells:
        _outline(filled, [_polar(x, y, inner, pi / 8 + k * pi / 4) for k in range(8)])
        _outline(open_stars, [_polar(x, y, 17 if k % 2 else 9.5, k * pi / 8) for k in range(16)])
    return [_painted(filled, palette.strong), _painted(open_stars, palette.paper)]


def _bands(cells: list[Point], palette: Palette) -> list[Path]:
    """The interlacing: every band, and then again the short pieces where one passes over another."""
    squares = [square for cell in cells for square in _squares(cell)]
    over = [piece for cell in cells for piece in (*_overpasses(cell), *_meetings(cell, cells))]
    longer = [_stretched(piece, 1.25) for piece in over]
    return [
        _lines(squares, palette.ink, BAND),
        _lines(squares, palette.paper, GROOVE),
        _lines(over, palette.ink, BAND),
        _lines(longer, palette.paper, GROOVE),
    ]


def _squares(cell: Point) -> list[list[Point]]:
    """The turned square and the upright one, each as its four corners."""
    return [[_polar(*cell, CELL / 2, turn + k * pi / 2) for k in range(4)] for turn in (0, pi / 4)]


def _overpasses(cell: Point) -> list[Stroke]:
    """Short pieces of the band on top at each crossing within the cell.

    Counting the eight crossings around the star from the right, the turned square lies on top at the even
    ones. Following either band through its cells, over and under then alternate everywhere.
    """
    reach = CELL / 2 * cos(pi / 4) / cos(pi / 8)
    pieces = []
    for k in range(8):
        at = _polar(*cell, reach, pi / 8 + k * pi / 4)
        # The turned square's side near crossing k runs square to the diagonal of its quadrant, the upright
        # square's side square to the nearest axis.
        quadrant, axis = pi / 4 + (k // 2) * pi / 2, ((k + 1) // 2) * pi / 2
        pieces.append(_short(at, (quadrant if k % 2 == 0 else axis) + pi / 2))
    return pieces


def _meetings(cell: Point, cells: Sequence[Point]) -> list[Stroke]:
    """The same where this cell's turned square meets those to the right and above."""
    x, y = cell
    meetings = []
    if (x + CELL, y) in cells:
        meetings.append(_short((x + CELL / 2, y), pi / 4))
    if (x, y + CELL) in cells:
        meetings.append(_short((x, y + CELL / 2), 3 * pi / 4))
    return meetings


def _short(at: Point, angle: float, half: float = 9.0) -> Stroke:
    return _polar(*at, half, angle), _polar(*at, half, angle + pi)


def _stretched(stroke: Stroke, factor: float) -> Stroke:
    (x0, y0), (x1, y1) = stroke
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return (x + (x0 - x) * factor, y + (y0 - y) * factor), (x + (x1 - x) * factor, y + (y1 - y) * factor)


def _outline(path: Path, points: list[Point]) -> None:
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.closePath()


def _painted(path: Path, colour: str) -> Path:
    path.fillColor, path.strokeColor = HexColor(colour), None
    return path


def _closed(points: list[Point], *, fill: str, stroke: str, width: float) -> Path:
    path = Path(fillColor=HexColor(fill), strokeColor=HexColor(stroke), strokeWidth=width)
    _outline(path, points)
    return path


def _lines(strokes: Iterable[Sequence[Point]], colour: str, width: float) -> Path:
    """All strokes as one path, which keeps a frame of a hundred cells to a handful of elements.

    Two points make a piece of line; more make a closed figure.
    """
    path = Path(
        fillColor=None, strokeColor=HexColor(colour), strokeWidth=width, strokeLineCap=0, strokeLineJoin=0
    )
    for points in strokes:
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        if len(points) > 2:
            path.closePath()
    return path
