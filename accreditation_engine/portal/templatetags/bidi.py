"""Keep names, codes and numbers whole inside a sentence that runs the other way.

{% load bidi %}
{{ organisation.name|bdi }}     <bdi>…</bdi>; the name decides its own direction
{{ number|code }}               <bdi class="code" dir="ltr">…</bdi>: certificate numbers, ids, addresses
{{ evidence.sha256|digest }}    the first and last characters of a hash, the whole of it on hover
"""

from __future__ import annotations

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_EMPTY = SafeString("")
_DIGEST_HEAD, _DIGEST_TAIL = 8, 4


@register.filter
def bdi(value: object) -> SafeString:
    """The value isolated from the direction of the text around it, and escaped."""
    return _EMPTY if value in (None, "") else format_html("<bdi>{}</bdi>", value)


@register.filter
def code(value: object) -> SafeString:
    """A number, key or address: left to right, in type whose characters cannot be confused. What people write,
    such as «1452 لسنة 2009», may have words of its own, and reads in their direction."""
    if value in (None, ""):
        return _EMPTY
    direction = "auto" if _RIGHT_TO_LEFT.search(str(value)) else "ltr"
    return format_html('<bdi class="code" dir="{}">{}</bdi>', direction, value)


@register.filter
def digest(value: object) -> SafeString:
    """A hash, shortened for the eye; its whole stands in the title."""
    text = str(value or "")
    if len(text) <= _DIGEST_HEAD + _DIGEST_TAIL + 1:
        return code(text)
    short = f"{text[:_DIGEST_HEAD]}…{text[-_DIGEST_TAIL:]}"
    return format_html('<bdi class="code digest" dir="ltr" title="{}">{}</bdi>', text, short)
