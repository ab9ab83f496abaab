"""Why a change of scope is refused, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.engine.reasons import wording


@wording("scope_unchanged")
def _unchanged(parameters: Mapping[str, Any]) -> str:
    return _("This is the scope that the certificate has already. Write the one that it shall have.")


@wording("scope_change_without_reason")
def _without_reason(parameters: Mapping[str, Any]) -> str:
    return _("Write why the scope is to change, and what supports it.")


@wording("scope_change_under_way")
def _under_way(parameters: Mapping[str, Any]) -> str:
    return _(
        "A change of the scope of this certificate is under way. Another can be asked for when it is decided."
    )


@wording("scope_change_of_the_body")
def _of_the_body(parameters: Mapping[str, Any]) -> str:
    return _(
        "The accrediting body has put this change forward, so it is not yours to take back. You can answer it."
    )
