"""Numbers in a text of either direction.

{% load numbers %}
{{ count|number }}     7,000
{{ score|percent }}    85.5%: takes a number or the string of a score sheet, adds no decimals of its own
{{ size|bytesize }}    1.4 MB
{% bar percent=72.5 threshold=60 %}   a drawn bar (decorative: write the number beside it)
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.numberformat import format as number_format
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from accreditation_engine.portal.templatetags.bidi import bdi
from accreditation_engine.portal.templatetags.digits import in_digits_of_reader

register = template.Library()
KILOBYTE = 1024

Number = int | float | str | Decimal | None


@register.filter
def number(value: Number) -> SafeString:
    """The number with its thousands set apart; words are left as they are."""
    amount = _decimal(value)
    return bdi(value) if amount is None else _isolated(_written(amount))


@register.filter
def percent(value: Number) -> SafeString:
    """The number followed by a percent sign, kept together in both directions."""
    amount = _decimal(value)
    return bdi(value) if amount is None else _isolated(f"{_written(amount)}%")


@register.filter
def bytesize(value: int | None) -> SafeString:
    """A file's size in words. Django's own count two bytes in Arabic where there are 606."""
    if value is None:
        return bdi("")
    words = ngettext("%(count)d byte", "%(count)d bytes", value) % {"count": value}
    return bdi(in_digits_of_reader(words if value < KILOBYTE else filesizeformat(value)))


@register.simple_tag
def bar(percent: Number, threshold: Number = None) -> SafeString:
    """A bar filled to `percent`, with a dashed line at `threshold`. It grows from the reading side."""
    mark = _decimal(threshold)
    line = "" if mark is None else format_html('<line x1="{0}%" x2="{0}%" y1="0" y2="100%"/>', _share(mark))
    drawing = '<svg class="bar" aria-hidden="true"><rect width="{}%" height="100%"/>{}</svg>'
    return format_html(drawing, _share(_decimal(percent) or Decimal(0)), line)


def _decimal(value: Number) -> Decimal | None:
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


def _written(amount: Decimal) -> str:
    text = f"{amount:f}"
    return in_digits_of_reader(number_format(text, ".", grouping=3, thousand_sep=",", force_grouping=True))


def _share(amount: Decimal) -> str:
    return f"{min(max(amount, Decimal(0)), Decimal(100)):f}"


def _isolated(text: str) -> SafeString:
    return format_html('<bdi class="figure" dir="ltr">{}</bdi>', text)
