"""A workflow as a picture: SVG, in Arabic (right to left) or English, on light pages and on dark ones."""

from .picture import draw
from .road import Road

__all__ = ["Road", "draw"]
