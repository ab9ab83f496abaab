"""Why a file is not brought under another edition, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import wording
from accreditation_engine.engine.words import state_title

from .words import listed


@wording("other_scheme")
def _other_scheme(parameters: Mapping[str, Any]) -> str:
    return _("The edition is of another scheme. Choose one of this scheme.")


@wording("not_in_flight")
def _not_in_flight(parameters: Mapping[str, Any]) -> str:
    return _("The file is at its end, in “%(state)s”, and stays as it was judged.") % _state(parameters)


@wording("under_decision")
def _under_decision(parameters: Mapping[str, Any]) -> str:
    return _(
        "A decision is being taken in “%(state)s”, and its rules do not change meanwhile. Bring the file over"
        " afterwards."
    ) % _state(parameters)


@wording("state_vanishes")
def _state_vanishes(parameters: Mapping[str, Any]) -> str:
    return _(
        "The other edition has no state “%(state)s” to go on from. Take the file a step further, then bring it"
        " over."
    ) % _state(parameters)


@wording("deadline_would_have_passed")
def _deadline_would_have_passed(parameters: Mapping[str, Any]) -> str:
    day = date_format(date.fromisoformat(parameters["on"]), "j F Y")
    return _(
        "Under the other edition the time for “%(state)s” would have ended on %(on)s. Take the file a step"
        " further, then bring it over."
    ) % isolated({**_state(parameters), "on": day})


@wording("criteria_vanish")
def _criteria_vanish(parameters: Mapping[str, Any]) -> str:
    names = {
        each.id: each.title.in_language(get_language() or "ar")
        for rubric in compiled(parameters["edition"]).rubrics.values()
        for each in rubric.every_criterion()
    }
    titles = [names.get(each, each) for each in parameters["criteria"]]
    return _(
        "Something is kept of criteria that the other edition does not ask, or rates otherwise: %(criteria)s."
        " The file stays under its own."
    ) % {"criteria": listed({**parameters, "criteria": titles})}


def _state(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return isolated({"state": state_title(parameters["edition"], parameters["state"])})
