"""The drawings of certificates, inside a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accreditation_engine.certificates.paper.bars import bars_svg
from accreditation_engine.certificates.paper.numerals import Digits
from accreditation_engine.certificates.paper.palette import PALETTES, Palette
from accreditation_engine.certificates.paper.radar import FEWEST, MOST, radar_svg

_STYLE = re.compile(r' style="([^"]*)"')
_NONE = SafeString("")


def areas_chart(
    percents: Sequence[Decimal], *, palette: Palette = PALETTES["green"], digits: Digits = "western"
) -> SafeString:
    """The percents of the areas as a radar, or as bars where a radar cannot show them; numbered as they come.
    Nothing where there is nothing to draw."""
    if not percents:
        return _NONE
    draw = radar_svg if FEWEST <= len(percents) <= MOST else bars_svg
    title = escape(_("Scores of the areas, numbered as in the list"))
    return inline(draw(percents, palette=palette, title=str(title), digits=digits))


def inline(svg: str) -> SafeString:
    """A drawing of our own as a part of a page: the policy of the site allows no style attributes, so that
    what they say becomes attributes of their own."""
    return SafeString(_STYLE.sub(_attributes, svg))


def _attributes(style: re.Match[str]) -> str:
    pairs = (each.partition(":") for each in style[1].split(";") if ":" in each)
    return "".join(f' {name.strip()}="{value.strip()}"' for name, _colon, value in pairs)
