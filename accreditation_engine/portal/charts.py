"""The drawings of certificates, inside a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor

from accreditation_engine.certificates.paper.bars import bars_svg
from accreditation_engine.certificates.paper.numerals import Digits
from accreditation_engine.certificates.paper.palette import PALETTES, Palette
from accreditation_engine.certificates.paper.radar import ASKED, FEWEST, GRID, MOST, WORDS, radar_svg

_COLOURED = re.compile(r'<[a-z]+ [^>]*(?:fill|stroke)="rgb[^>]*>')
_COLOUR = re.compile(r' (fill|stroke)="rgb\(([^"]*)\)"')
_STYLE = re.compile(r' style="([^"]*)"')
_NONE = SafeString("")


def areas_chart(
    percents: Sequence[Decimal],
    *,
    palette: Palette = PALETTES["green"],
    digits: Digits = "western",
    asked: Sequence[Decimal] = (),
) -> SafeString:
    """The percents of the areas as a radar, or as bars where a radar cannot show them; numbered as they come.
    Nothing where there is nothing to draw. `asked`, in a radar, is what is asked for of each area."""
    if not percents:
        return _NONE
    title = str(escape(_("Scores of the areas, numbered as in the list")))
    if not has_radar(percents):
        return inline(bars_svg(percents, palette=palette, title=title, digits=digits))
    return inline(radar_svg(percents, palette=palette, title=title, digits=digits, asked=asked))


def has_radar(percents: Sequence[Decimal]) -> bool:
    return FEWEST <= len(percents) <= MOST


def inline(svg: str) -> SafeString:
    """A drawing of our own as a part of a page: the policy of the site allows no style attributes, so that
    what they say becomes attributes of their own. Colours get a class as well, by which the style sheet gives them
    others in the dark."""
    return SafeString(_COLOURED.sub(_named, _STYLE.sub(_attributes, svg)))


def _attributes(style: re.Match[str]) -> str:
    pairs = (each.partition(":") for each in style[1].split(";") if ":" in each)
    return "".join(f' {name.strip()}="{value.strip()}"' for name, _colon, value in pairs)


def _named(element: re.Match[str]) -> str:
    names = [f"{what}-{_NAMES.get(colour, 'other')}" for what, colour in _COLOUR.findall(element[0])]
    tag, _space, rest = element[0].partition(" ")
    return f'{tag} class="{" ".join(names)}" {rest}'


def _as_drawn(colour: str) -> str:
    """How ReportLab writes `#rrggbb` between the brackets of rgb()."""
    given = HexColor(colour)
    return ",".join(f"{int(100 * part)}%" for part in (given.red, given.green, given.blue))


LATE = "#b3432f"
_NAMES = {
    _as_drawn(colour): name
    for name, colour in (
        ("words", WORDS),
        ("grid", GRID),
        ("asked", ASKED),
        ("late", LATE),
        *(
            (f"{each}-{part}", getattr(PALETTES[each], part))
            for each in PALETTES
            for part in ("ink", "strong", "soft")
        ),
    )
}
"""The colours of drawings by what they mean, as the style sheet knows them."""
