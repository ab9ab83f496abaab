"""A ReportLab drawing as SVG that fits any size, in a page or in a document."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Drawing
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

NUMBER_FONT = "Amiri"


@cache
def _know_number_font() -> None:
    """ReportLab centres numbers by the widths of the font in which they will be set."""
    pdfmetrics.registerFont(TTFont(NUMBER_FONT, Path(__file__).parent / "fonts" / "Amiri-Regular.ttf"))


def svg_text(drawing: Drawing, *, title: str, description: str = "") -> str:
    """SVG with a viewBox and no size of its own. The drawing's width and height must be whole numbers.

    No ids are written, so that several may stand in one page.
    """
    _know_number_font()
    # A page that reads from right to left would else hang the numbers on the wrong side of their places.
    attributes = {"role": "img", "direction": "ltr"}
    # Without useClip the canvas writes a clip path under one fixed id, which collides within a page.
    canvas = renderSVG.SVGCanvas((drawing.width, drawing.height), useClip=True, svgAttrs=attributes)
    renderSVG.draw(drawing, canvas, 0, 0, showBoundary=0)
    root = canvas.svg
    for name in ("width", "height", "xmlns:xlink", "version", "preserveAspectRatio"):
        root.removeAttribute(name)
    canvas.groupTree.removeAttribute("id")
    canvas.groupTree.removeAttribute("clip")
    for tag, words in (("title", title), ("desc", description)):
        root.getElementsByTagName(tag)[0].firstChild.data = words
    return str(root.toxml())
