"""Patterns worth a look, over all files that the auditor may see."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accreditation_engine.portal.auditor.access import desk_of
from accreditation_engine.portal.auditor.desk_frame import desk_frame
from accreditation_engine.portal.auditor.looks import look

from .every import patterns
from .pattern import Pattern
from .scope import Scope

SHOWN = 15
SHOWN_OF_ONE = 500


@require_safe
def worth_a_look(request: HttpRequest) -> HttpResponse:
    desk = desk_of(request)
    found = patterns(Scope(desk))
    alone = next((each for each in found if each.code == request.GET.get("pattern")), None)
    shown = [_shown(each, SHOWN) for each in found] if alone is None else [_shown(alone, SHOWN_OF_ONE)]
    context = {
        **desk_frame("audit_patterns"),
        "patterns": [each for each in shown if each["hits"] or alone],
        "without": [each for each in shown if not (each["hits"] or alone)],
        "alone": alone is not None,
    }
    look(desk.person, "patterns", asked={"pattern": alone.code} if alone else {})
    return render(request, "portal/audit_patterns.html", context)


def _shown(pattern: Pattern, most: int) -> dict[str, Any]:
    return {
        "pattern": pattern,
        "hits": pattern.strongest_first[:most],
        "count": len(pattern.hits),
        "more": len(pattern.hits) > most,
    }
