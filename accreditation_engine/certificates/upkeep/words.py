"""What is said of upkeep, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import wording
from accreditation_engine.engine.words import state_title

KINDS = {
    "surveillance": gettext_lazy("Surveillance"),
    "yearly_filing": gettext_lazy("Yearly filing"),
    "special_audit": gettext_lazy("Special audit"),
}


def kind_title(kind: str) -> str:
    """In the active language."""
    return str(KINDS[kind])


@wording("certificate_over")
def _certificate_over(parameters: Mapping[str, Any]) -> str:
    return _(
        "The certificate holds no more, so nothing can be asked of its holder. Its state is “%(state)s”."
    ) % isolated({"state": state_title(parameters["edition"], parameters["state"])})


@wording("upkeep_without_kind")
def _without_kind(parameters: Mapping[str, Any]) -> str:
    return _("Choose what is asked of the organisation.")


@wording("upkeep_without_reason")
def _without_reason(parameters: Mapping[str, Any]) -> str:
    return _("Write what is asked, and why: the organisation reads it.")


@wording("upkeep_no_day")
def _no_day(parameters: Mapping[str, Any]) -> str:
    return _("“%(typed)s” is no day. Write it as year, month and day: %(example)s.") % isolated(parameters)


@wording("upkeep_due_in_the_past")
def _due_in_the_past(parameters: Mapping[str, Any]) -> str:
    return _("The day by which it is to be filed has passed: %(date)s. Choose a later one.") % isolated(
        _days(parameters, "date")
    )


@wording("upkeep_due_too_late")
def _due_too_late(parameters: Mapping[str, Any]) -> str:
    words = _("%(date)s is too far ahead; %(last)s is the last day that can be chosen.")
    return words % isolated(_days(parameters, "date", "last"))


@wording("upkeep_not_awaited")
def _not_awaited(parameters: Mapping[str, Any]) -> str:
    return _(
        "No files are taken now: nothing is awaited from the organisation. The state is “%(state)s”."
    ) % isolated({"state": state_title(parameters["edition"], parameters["state"])})


@wording("upkeep_file_handed_in")
def _handed_in(parameters: Mapping[str, Any]) -> str:
    return _("“%(name)s” was handed in and stays. Add a newer file beside it.") % isolated(parameters)


@wording("upkeep_asked_by_others")
def _asked_by_others(parameters: Mapping[str, Any]) -> str:
    return _("The scheme plans it, or others asked for it: only those who asked for it call it off.")


@wording("upkeep_full")
def _full(parameters: Mapping[str, Any]) -> str:
    return _(
        "%(files)d files or %(most)d MB lie here, which is the most. Write to the accrediting body."
    ) % isolated(parameters)


@wording("upkeep_without_files")
def _without_files(parameters: Mapping[str, Any]) -> str:
    words = ngettext(
        "Add at least %(count)d file, or choose one from your profile: what is filed here is read.",
        "Add at least %(count)d files, or choose them from your profile: what is filed here is read.",
        parameters["count"],
    )
    return words % isolated(parameters)


def _days(parameters: Mapping[str, Any], *names: str) -> dict[str, str]:
    return {name: date_format(date.fromisoformat(parameters[name]), "j F Y") for name in names}
