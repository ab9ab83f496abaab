"""What was typed into the form that this page refused."""

from __future__ import annotations

from typing import Any

from django import template

from accreditation_engine.portal.session_ended.carrying import so_far

register = template.Library()


@register.simple_tag(takes_context=True)
def typed_so_far(context: dict[str, Any]) -> str:
    request = context.get("request")
    return so_far(request) if request is not None else ""
