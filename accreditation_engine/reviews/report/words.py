"""Reasons about reports and what is contested in them, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import wording
from accreditation_engine.engine.words import state_title


def _state(parameters: Mapping[str, Any]) -> dict[str, str]:
    return isolated({"state": state_title(parameters["edition"], parameters["state"])})


@wording("report_closed")
def _closed(parameters: Mapping[str, Any]) -> str:
    return _("The report cannot be contested while the file is in “%(state)s”.") % _state(parameters)


@wording("contest_without_reason")
def _without_reason(parameters: Mapping[str, Any]) -> str:
    return _("Say what is wrong and why.")


@wording("contested_already")
def _already(parameters: Mapping[str, Any]) -> str:
    return _("You have contested this already, and it is not answered yet. Wait for the answer.")


@wording("contest_answered_already")
def _answered_already(parameters: Mapping[str, Any]) -> str:
    return _("This point is answered already. Open the page again to read the answer.")


@wording("nothing_heard")
def _nothing_heard(parameters: Mapping[str, Any]) -> str:
    return _("Nobody answers points in your role while the file is in “%(state)s”.") % _state(parameters)


@wording("contest_not_accepted")
def _not_accepted(parameters: Mapping[str, Any]) -> str:
    return _(
        "This finding is withdrawn only where the organisation has contested it and you have found it to be"
        " right. Answer its point on the page of the report first."
    )


@wording("contests_open")
def _open(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "%(count)d point that the organisation contests is not answered yet. Answer it on the page of the report.",
        "%(count)d points that the organisation contests are not answered yet. Answer them on the page of the"
        " report.",
        parameters["count"],
    ) % isolated({"count": parameters["count"]})


@wording("contests_unamended")
def _unamended(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "%(count)d point was found to be right, and the report is not amended yet. Agree on a rating, or withdraw"
        " the finding.",
        "%(count)d points were found to be right, and the report is not amended yet. Agree on ratings, or withdraw"
        " the findings.",
        parameters["count"],
    ) % isolated({"count": parameters["count"]})
