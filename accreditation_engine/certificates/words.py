"""What is said of certificates, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from accreditation_engine.definitions.public_status import PublicStatus
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import wording

STATUS_TITLES = {
    "active": pgettext_lazy("a certificate", "Active"),
    "suspended": pgettext_lazy("a certificate", "Suspended"),
    "cancelled": pgettext_lazy("a certificate", "Cancelled"),
    "withdrawn": pgettext_lazy("a certificate", "Withdrawn"),
    "expired": pgettext_lazy("a certificate", "Expired"),
}


def status_title(status: PublicStatus) -> str:
    """In the active language."""
    return str(STATUS_TITLES[status])


@wording("decided_on_another_sheet")
def _decided_on_another_sheet(parameters: Mapping[str, Any]) -> str:
    return _(
        "The ratings come to another score than when the decision was taken, so no certificate can be issued on"
        " it. An administrator finds in the trail what was changed."
    )


@wording("decided_on_another_scope")
def _decided_on_another_scope(parameters: Mapping[str, Any]) -> str:
    return _(
        "The file asks for another scope than when the decision was taken, so no certificate can be issued on it."
        " An administrator finds in the trail what was changed."
    )


@wording("renewal_never")
def _renewal_never(parameters: Mapping[str, Any]) -> str:
    return _("This certificate runs out on no day, so there is nothing to renew.")


@wording("renewal_too_early")
def _renewal_too_early(parameters: Mapping[str, Any]) -> str:
    until = date_format(date.fromisoformat(parameters["until"]), "j F Y")
    return _(
        "This certificate holds until %(day)s. It can be renewed from half a year before that day."
    ) % isolated({"day": until})


@wording("renewal_too_late")
def _renewal_too_late(parameters: Mapping[str, Any]) -> str:
    return _(
        "The certificate %(number)s cannot be renewed any more. Open a new file for this scheme instead."
    ) % isolated({"number": parameters["number"]})
