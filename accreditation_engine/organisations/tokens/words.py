"""Why a token is not made, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import wording


@wording("token_name_missing")
def _name_missing(parameters: Mapping[str, Any]) -> str:
    return _("Give the token a name by which you will know which program has it.")


@wording("token_name_taken")
def _name_taken(_parameters: Mapping[str, Any]) -> str:
    return _("You have a token of this name. Give this one another name, or end that one first.")


@wording("token_scope_missing")
def _scope_missing(parameters: Mapping[str, Any]) -> str:
    return _("Choose at least one thing that the program may do, of those on the page.")


@wording("token_too_long")
def _too_long(parameters: Mapping[str, Any]) -> str:
    words = _("A token lasts between one day and %(most)s days. Choose one of the times on the page.")
    return words % isolated({"most": parameters["most"]})


@wording("too_many_tokens")
def _too_many(parameters: Mapping[str, Any]) -> str:
    words = _("You have %(most)s tokens, which is as many as one person may have. End one first.")
    return words % isolated({"most": parameters["most"]})
