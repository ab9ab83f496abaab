"""Scopes, and what is wrong with one, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import wording

from .scope import Scope


def scope_in_words(scope: Scope) -> str:
    """In the active language."""
    return _("The whole organisation") if scope.whole else scope.in_language(get_language() or "ar")


@wording("scope_in_one_language")
def _in_one_language(parameters: Mapping[str, Any]) -> str:
    if parameters["field"] == "ar":
        return _("Write the scope in Arabic as well: the certificate is in both languages.")
    return _("Write the scope in English as well: the certificate is in both languages.")


@wording("scope_too_long")
def _too_long(parameters: Mapping[str, Any]) -> str:
    words = _("The scope has %(count)d letters; the certificate has room for %(most)d. Shorten it.")
    return words % isolated(parameters)
