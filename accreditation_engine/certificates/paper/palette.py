"""The colours of a certificate: one small set for each kind of outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PaletteName = Literal["gold", "green"]


@dataclass(frozen=True)
class Palette:
    """Colours as `#rrggbb`: `ink` for lines and headings, `strong` for fills, `soft` and `paper` behind."""

    ink: str
    strong: str
    soft: str
    paper: str


PALETTES: dict[PaletteName, Palette] = {
    "gold": Palette(ink="#7a5a12", strong="#b8912f", soft="#f4ead0", paper="#fffdf7"),
    "green": Palette(ink="#1d5546", strong="#2f7a64", soft="#dfece5", paper="#fcfefc"),
}
