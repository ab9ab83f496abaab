"""Why an address is not told, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.engine.reasons import wording


@wording("webhook_not_https")
def _not_https(_parameters: Mapping[str, Any]) -> str:
    return _("Give the whole address, beginning with https:// and without a name or password in it.")


@wording("webhook_unknown_name")
def _unknown_name(_parameters: Mapping[str, Any]) -> str:
    return _("No machine of this name is known. Look whether the address is written right.")


@wording("webhook_private_address")
def _private(_parameters: Mapping[str, Any]) -> str:
    return _("This address leads into a private network, where nothing is sent. Give a public one.")


@wording("webhook_known")
def _known(_parameters: Mapping[str, Any]) -> str:
    return _("This address is told already.")


@wording("webhook_over")
def _over(_parameters: Mapping[str, Any]) -> str:
    return _("This address is told nothing more. Add it anew to send to it.")


@wording("webhooks_too_many")
def _too_many(parameters: Mapping[str, Any]) -> str:
    return _("At most %(most)d addresses are told. End one first.") % parameters


@wording("webhook_without_types")
def _without_types(_parameters: Mapping[str, Any]) -> str:
    return _("Choose at least one thing that the address is told of, of those on the page.")


@wording("webhook_no_days")
def _no_days(_parameters: Mapping[str, Any]) -> str:
    return _("Give the first and the last day.")


@wording("webhook_span_backwards")
def _span_backwards(_parameters: Mapping[str, Any]) -> str:
    return _("The last day lies before the first. Give the earlier day first.")


@wording("webhook_span_too_long")
def _span_too_long(parameters: Mapping[str, Any]) -> str:
    return _("In these days more than %(most)d things happened. Choose fewer days at once.") % parameters
