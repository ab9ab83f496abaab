"""Reasons about declarations, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.engine.reasons import wording


@wording("declaration_missing")
def _declaration_missing(parameters: Mapping[str, Any]) -> str:
    return _("The declaration is not signed yet. Read the file once more, and sign at its end.")


@wording("declared_over_other")
def _declared_over_other(parameters: Mapping[str, Any]) -> str:
    return _(
        "An answer, a file or the scope has changed since you opened the page that you signed. Read what it says"
        " now, and sign again."
    )


@wording("signature_missing")
def _signature_missing(parameters: Mapping[str, Any]) -> str:
    return _("Type your name to sign.")


@wording("signed_with_other_name")
def _signed_with_other_name(parameters: Mapping[str, Any]) -> str:
    return _(
        "This is not the name of your account. Type the name that stands beside the field, or sign in as yourself."
    )
