"""Numbers of files as bars, numbered as in the table beside them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi
from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import HexColor

from accreditation_engine.certificates.paper.palette import PALETTES
from accreditation_engine.certificates.paper.radar import WORDS
from accreditation_engine.certificates.paper.svg import NUMBER_FONT, svg_text
from accreditation_engine.portal.charts import LATE, inline
from accreditation_engine.portal.templatetags.digits import in_digits_of_reader

WIDTH, ROW, BAR, GUTTER, ROOM = 400, 34, 16, 36, 48


def bars(counts: Sequence[tuple[int, int]], title: str) -> SafeString:
    """One bar for each (files, of them late), the late ones in red at its end; from the side that the reader
    begins at. Nothing where no file stands anywhere."""
    most = max((files for files, _late in counts), default=0)
    if not most:
        return SafeString("")
    drawing = Drawing(WIDTH, ROW * len(counts))
    for place, (files, late) in enumerate(counts):
        base = drawing.height - ROW * (place + 1)
        for part in _row(place + 1, files, late, most, base):
            drawing.add(part)
    return inline(svg_text(drawing, title=str(escape(title))))


def _row(number: int, files: int, late: int, most: int, base: float) -> list[Rect | String]:
    unit = (WIDTH - GUTTER - ROOM) / most
    bottom, text = base + (ROW - BAR) / 2, base + ROW / 2 - 7
    return [
        _bar(GUTTER, unit * (files - late), bottom, PALETTES["green"].strong),
        _bar(GUTTER + unit * (files - late), unit * late, bottom, LATE),
        _words(GUTTER - 10, str(number), text, towards_start=True),
        _words(GUTTER + unit * files + 8, str(files), text, towards_start=False),
    ]


def _bar(start: float, length: float, bottom: float, colour: str) -> Rect:
    left = WIDTH - start - length if get_language_bidi() else start
    return Rect(left, bottom, length, BAR, fillColor=HexColor(colour), strokeColor=None)


def _words(start: float, text: str, base: float, *, towards_start: bool) -> String:
    turned = get_language_bidi()
    return String(
        WIDTH - start if turned else start,
        base,
        in_digits_of_reader(text),
        fontName=NUMBER_FONT,
        fontSize=20,
        textAnchor="end" if towards_start is not turned else "start",
        fillColor=HexColor(WORDS),
    )
