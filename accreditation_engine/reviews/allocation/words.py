"""Reasons about draws and profiles, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.engine.reasons import wording
from accreditation_engine.organisations.countries import country_name
from accreditation_engine.organisations.sectors import Sector, Written
from accreditation_engine.reviews.interests.words import interests_in_words

from .fitness import Against

FIELDS = {
    "languages": gettext_lazy("Languages"),
    "sectors": gettext_lazy("Fields of work"),
    "countries": gettext_lazy("Countries"),
}


def against_in_words(against: Against) -> str:
    """Why one reviewer is not drawn, as a short phrase about them."""
    return _PHRASES[against["code"]](against) if against["code"] in _PHRASES else str(against["code"])


def codes_in_words(what: str, codes: list[str]) -> list[str]:
    """Codes of a profile as they are called; `what` as in FIELDS."""
    return [_CALLED[what](each) for each in codes]


def _country(code: str) -> str:
    return country_name(code, "en" if (get_language() or "ar").startswith("en") else "ar")


_CALLED: Mapping[str, Callable[[str], str]] = {
    "languages": lambda code: str(dict(Written.choices).get(code, code)),
    "sectors": lambda code: str(dict(Sector.choices).get(code, code)),
    "countries": _country,
}


def _not_taken(words: str, what: str, code: str) -> str:
    return words % isolated({"what": _CALLED[what](code)})


def _full(against: Against) -> str:
    if not against["most"]:
        return _("takes no reviews at present")
    numbers = isolated({"load": against["load"], "most": against["most"]})
    return _("writes %(load)s reviews, and takes %(most)s at a time") % numbers


def _leave(against: Against) -> str:
    days = {"first": _day(against["from"]), "last": _day(against["to"])}
    return _("is on leave from %(first)s to %(last)s") % days


def _day(written: str) -> str:
    return isolate(date_format(date.fromisoformat(written), "j F Y"))


def _interest(against: Against) -> str:
    return _("has an interest: %(interests)s") % isolated(
        {"interests": interests_in_words(against["interests"])}
    )


_PHRASES: Mapping[str, Callable[[Against], str]] = {
    "no_reviewer": lambda against: _("does not hold the role of reviewer"),
    "assigned_already": lambda against: _("reviews this file already"),
    "has_interest": _interest,
    "had_before": lambda against: _("had this file before, and it went back or to somebody else"),
    "reviewed_before": lambda against: _("reviewed this organisation before"),
    "language_not_taken": lambda against: _not_taken(
        _("takes no files in this language: %(what)s"), "languages", against["language"]
    ),
    "sector_not_taken": lambda against: _not_taken(
        _("takes no files from this field of work: %(what)s"), "sectors", against["sector"]
    ),
    "country_not_taken": lambda against: _not_taken(
        _("takes no files from this country: %(what)s"), "countries", against["country"]
    ),
    "load_full": _full,
    "on_leave": _leave,
}

_COUNTED: Mapping[str, Callable[[int], str]] = {
    "assigned_already": lambda count: ngettext(
        "%(count)d reviews it already", "%(count)d review it already", count
    ),
    "has_interest": lambda count: ngettext("%(count)d has an interest", "%(count)d have an interest", count),
    "had_before": lambda count: ngettext("%(count)d had it before", "%(count)d had it before", count),
    "reviewed_before": lambda count: ngettext(
        "%(count)d reviewed the organisation before", "%(count)d reviewed the organisation before", count
    ),
    "language_not_taken": lambda count: ngettext(
        "%(count)d does not take its language", "%(count)d do not take its language", count
    ),
    "sector_not_taken": lambda count: ngettext(
        "%(count)d does not take its field of work", "%(count)d do not take its field of work", count
    ),
    "country_not_taken": lambda count: ngettext(
        "%(count)d does not take its country", "%(count)d do not take its country", count
    ),
    "load_full": lambda count: ngettext(
        "%(count)d has as many reviews as they take",
        "%(count)d have as many reviews as they take",
        count,
    ),
    "on_leave": lambda count: ngettext("%(count)d is on leave", "%(count)d are on leave", count),
}


@wording("nobody_to_draw")
def _nobody(parameters: Mapping[str, Any]) -> str:
    if not parameters["why"]:
        return _(
            "Nobody holds the role of reviewer for this scheme, so nobody can be drawn. An administrator can"
            " grant it."
        )
    counted = [
        _COUNTED[each["code"]](each["count"]) % isolated({"count": each["count"]})
        for each in parameters["why"]
        if each["code"] in _COUNTED
    ]
    return _(
        "Nobody can be drawn: %(why)s. The table says it of each. Raise how many reviews somebody takes, wait"
        " until somebody is back, or choose by hand."
    ) % {"why": str(_(", ")).join(counted)}


@wording("draw_without_places")
def _draw_without_places(parameters: Mapping[str, Any]) -> str:
    return _(
        "The scheme does not say how many reviews a file wants, so there is no place to draw for. Choose by hand."
    )


@wording("no_place_to_draw")
def _no_place_to_draw(parameters: Mapping[str, Any]) -> str:
    return _("Every place of this file is taken. Release a review first if somebody else is to have it.")


@wording("reviewers_meanwhile")
def _reviewers_meanwhile(parameters: Mapping[str, Any]) -> str:
    return _(
        "The reviewers of this file have changed since this page was opened, so nobody was drawn. Look at them"
        " first."
    )


@wording("own_limits")
def _own_limits(parameters: Mapping[str, Any]) -> str:
    return _(
        "How much you take at a time, and whether you are experienced, is for a coordinator to say, and not for"
        " yourself. Ask another coordinator."
    )


@wording("not_their_coordinator")
def _not_their_coordinator(parameters: Mapping[str, Any]) -> str:
    return _(
        "What a reviewer takes is for them to say, and for those who coordinate a scheme that they review under."
    )


@wording("profile_unlisted")
def _profile_unlisted(parameters: Mapping[str, Any]) -> str:
    values = str(_(", ")).join(isolate(each) for each in parameters["values"])
    if parameters["field"] == "countries":
        return _("No country is called so: %(values)s. Choose from the list.") % {"values": values}
    return _("%(field)s: not in the list: %(values)s. Choose from the list.") % {
        "field": str(FIELDS[parameters["field"]]),
        "values": values,
    }


@wording("cap_out_of_range")
def _cap_out_of_range(parameters: Mapping[str, Any]) -> str:
    return _(
        "How many reviews at a time: write a whole number from 0 to %(most)s, or leave it empty for no limit."
    ) % isolated(parameters)


@wording("leave_backwards")
def _leave_backwards(parameters: Mapping[str, Any]) -> str:
    return _("The last day lies before the first. Change one of them.")


@wording("leave_over")
def _leave_over(parameters: Mapping[str, Any]) -> str:
    return _("These days are over already. Give days that go on or lie ahead.")


@wording("leave_endless")
def _leave_endless(parameters: Mapping[str, Any]) -> str:
    return _("Leave is at most two years long and begins within five. Give nearer days.")
