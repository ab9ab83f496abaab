"""The two fields in which a scope is typed, one for each language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.scope import LONGEST, Scope
from accreditation_engine.engine.isolates import isolated

from .tried import Tried

CODES = ("scope_in_one_language", "scope_too_long", "scope_unchanged")
"""Reasons that stand beside the field they speak of."""


def typed_scope(request: HttpRequest) -> Scope:
    return Scope(request.POST.get("ar", ""), request.POST.get("en", ""))


def scope_entries(scope: Scope, tried: Tried | None) -> list[dict[str, Any]]:
    """For parts/entry.html: with `scope`, or with what was `tried`. Both are filled in, or none."""
    typed = tried.typed if tried else scope.said()
    titles = {"ar": _("In Arabic"), "en": _("In English")}
    words = _("At most %(most)s letters, in one paragraph.") % isolated({"most": str(LONGEST)})
    return [
        {
            "name": name,
            "label": title,
            "unmarked": True,
            "help": words,
            "value": typed.get(name, ""),
            "error": " ".join(str(each) for each in _wrong(tried, name)),
        }
        for name, title in titles.items()
    ]


def scope_errors(tried: Tried | None) -> list[dict[str, str]]:
    """For parts/error_summary.html."""
    return [{"target": name, "text": str(each)} for name in ("ar", "en") for each in _wrong(tried, name)]


def _wrong(tried: Tried | None, name: str) -> Iterator[Any]:
    for each in tried.reasons if tried else ():
        if each.code in CODES and each.parameters["field"] == name:
            yield each
