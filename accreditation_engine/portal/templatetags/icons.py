"""Icons from one file, drawn in the colour of the text.

{% load icons %}
{% icon "check" %}               decorative: what it means stands beside it in words
{% icon "arrow" turns=True %}    points the way the reader reads

Names are the ids in static/portal/icons.svg.
"""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# What a tone of a badge, notice or marker looks like to somebody who does not see colours.
TONE_ICONS = {
    "applicant": "pencil",
    "coordinator": "inbox",
    "reviewer": "search",
    "panel": "scales",
    "system": "clock",
    "neutral": "dot",
    "good": "check",
    "success": "check",
    "gold": "star",
    "bad": "cross",
    "error": "stop",
    "refusal": "stop",
    "warning": "warning",
    "info": "info",
}


@register.simple_tag
def icon(name: str, turns: bool = False) -> SafeString:
    """The drawing called `name`; with `turns` it is mirrored in a right-to-left page."""
    classes = "icon icon-turns" if turns else "icon"
    drawing = '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
    return format_html(drawing, classes, static("portal/icons.svg"), name)


@register.simple_tag
def tone_icon(tone: str | None, name: str = "") -> SafeString:
    """The drawing that goes with a tone, unless another is named."""
    return icon(name or TONE_ICONS.get(tone or "neutral", "dot"))
