"""Parts that wrap what you write between their tags.

{% load blocks %}
{% card title="…" [action_title="…" action_url="…"] [level=2] [id="…"] [kind="plain"] %} … {% endcard %}
{% more summary="…" [open=True] [wide=True] %} … {% endmore %}      a fold that opens without a script;
                                                                    wide: for a table, not for text
"""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accreditation_engine.portal.templatetags.icons import icon

register = template.Library()


@register.simple_block_tag
def card(
    content: str,
    title: str = "",
    level: int = 2,
    id: str = "",
    kind: str = "",
    action_title: str = "",
    action_url: str = "",
) -> SafeString:
    """A sheet with a heading of the given level, and at most one link beside it."""
    link = format_html('<a href="{}">{}</a>', action_url, action_title) if action_url else ""
    heading = (
        format_html("<header><h{0}>{1}</h{0}>{2}</header>", level, title, link) if title else SafeString("")
    )
    classes = f"card card-{kind}" if kind else "card"
    name = format_html(' id="{}"', id) if id else ""
    return format_html('<section class="{}"{}>{}{}</section>', classes, name, heading, content)


@register.simple_block_tag
def more(content: str, summary: str, open: bool = False, wide: bool = False) -> SafeString:
    """A fold: the summary stays in sight, the rest opens on a press."""
    state = SafeString(" open") if open else ""
    head = format_html("<summary>{}{}</summary>", icon("down"), summary)
    if wide:
        body = '<details class="more more-wide"{}>{}<div class="stack">{}</div></details>'
    else:
        body = '<details class="more"{}>{}<div>{}</div></details>'
    return format_html(body, state, head, content)
