"""One value as its kind wants it.

{% load values %}
{% shown fact.value fact.kind %}    kind: code, day, moment, number, percent, or nothing for text
{{ columns|at:forloop.counter0 }}  the item of a list at a place
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django import template
from django.utils.safestring import SafeString

from accreditation_engine.portal.templatetags.bidi import bdi, code
from accreditation_engine.portal.templatetags.dates import day, moment
from accreditation_engine.portal.templatetags.numbers import number, percent

register = template.Library()

_SHOWN: dict[str, Callable[..., SafeString]] = {
    "code": code,
    "day": day,
    "moment": moment,
    "number": number,
    "percent": percent,
}


@register.simple_tag
def shown(value: object, kind: str | None = None) -> SafeString:
    """The value written for the reader, isolated from the text around it."""
    return _SHOWN.get(kind or "", bdi)(value)


@register.filter
def at(items: Sequence[object], place: int) -> object:
    """The item at `place`, or an empty string past the end, as templates expect."""
    return items[place] if place < len(items) else ""
