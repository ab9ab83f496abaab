"""Which page numbers to offer: the first, the last, and those around the current one.

{% load paging %}{% for number in page.paginator|page_numbers:page.number %}
"""

from __future__ import annotations

from collections.abc import Iterator

from django import template
from django.core.paginator import Paginator

register = template.Library()

LEFT_OUT = "…"


@register.filter
def page_numbers(paginator: Paginator, current: int) -> Iterator[int | str]:
    """Numbers, with "…" where some are left out: in every language this one sign, which templates look for."""
    for each in paginator.get_elided_page_range(current, on_each_side=1, on_ends=1):
        yield each if isinstance(each, int) else LEFT_OUT
