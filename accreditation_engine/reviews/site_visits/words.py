"""Visits in words, and the reasons why something about them was refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.engine.reasons import wording
from accreditation_engine.engine.zone_words import zone_called

from .models import Visit

KINDS = {"on_site": gettext_lazy("site visit"), "remote": gettext_lazy("remote visit")}


def visit_kind_title(kind: str) -> str:
    return str(KINDS.get(kind, kind))


def visit_time(visit: Visit) -> str:
    """From when to when, on the clocks of those who meet."""
    return span_in_words(visit.begins_at, visit.ends_at, visit.zone)


def span_in_words(begins_at: datetime, ends_at: datetime, zone: str) -> str:
    """Such as "3 December 2026, 10:00 to 13:00 (Cairo time)"; where it ends on another day, with both days."""
    begins, ends = (each.astimezone(ZoneInfo(zone)) for each in (begins_at, ends_at))
    told = {
        "day": date_format(begins, "j F Y"),
        "begins": begins.strftime("%H:%M"),
        "ends": ends.strftime("%H:%M"),
        "last": date_format(ends, "j F Y"),
        "zone": zone_called(zone),
    }
    if begins.date() == ends.date():
        return _("%(day)s, %(begins)s to %(ends)s (%(zone)s)") % isolated(told)
    return _("%(day)s, %(begins)s to %(last)s, %(ends)s (%(zone)s)") % isolated(told)


@wording("not_on_this_visit")
def _not_on_this_visit(parameters: Mapping[str, Any]) -> str:
    return _("You do not go on this visit. Those who go, and coordinators, write down what happened on it.")


@wording("visits_over")
def _visits_over(parameters: Mapping[str, Any]) -> str:
    return _("This file has come to its end, so no visit is planned for it.")


@wording("visit_cancelled")
def _visit_cancelled(parameters: Mapping[str, Any]) -> str:
    return _("This visit was cancelled. Plan another one.")


@wording("visit_held_already")
def _visit_held_already(parameters: Mapping[str, Any]) -> str:
    return _("This visit has been held already. Plan another one if something is left to see.")


@wording("visit_time_over")
def _visit_time_over(parameters: Mapping[str, Any]) -> str:
    return _("The time of this visit is over. If it did not take place, ask those who planned it to move it.")


@wording("visit_closed_already")
def _visit_closed_already(parameters: Mapping[str, Any]) -> str:
    return _("This visit is closed with its report; nothing is added to it any more.")


@wording("no_such_visit")
def _no_such_visit(parameters: Mapping[str, Any]) -> str:
    return _("Choose a site visit or a remote visit.")


@wording("unit_not_drawn")
def _unit_not_drawn(parameters: Mapping[str, Any]) -> str:
    words = _("%(unit)s is in no sample of this file. Choose one that was drawn, or draw a sample first.")
    return words % isolated(parameters)


@wording("visit_ends_first")
def _visit_ends_first(parameters: Mapping[str, Any]) -> str:
    return _("The visit ends before it begins. Give a later end.")


@wording("visit_too_long")
def _visit_too_long(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "The visit is longer than %(most)d day. Look at its dates, or plan several visits.",
        "The visit is longer than %(most)d days. Look at its dates, or plan several visits.",
        parameters["most"],
    ) % isolated(parameters)


@wording("visit_in_the_past")
def _visit_in_the_past(parameters: Mapping[str, Any]) -> str:
    return _("That time is over. Give a date that is still to come.")


@wording("visit_too_far")
def _visit_too_far(parameters: Mapping[str, Any]) -> str:
    return _("That is more than two years ahead. Look at the year.")


@wording("no_such_zone")
def _no_such_zone(parameters: Mapping[str, Any]) -> str:
    words = _("No time zone is called %(typed)s. Write one such as %(example)s.")
    return words % isolated({**parameters, "example": "Africa/Cairo"})


@wording("no_such_moment")
def _no_such_moment(parameters: Mapping[str, Any]) -> str:
    words = _("Give day and time in full, such as %(day)s and %(time)s.")
    return words % isolated({"day": "2027-03-31", "time": "10:00"})


@wording("visit_without_place")
def _visit_without_place(parameters: Mapping[str, Any]) -> str:
    return _("Say where: the address, or the link of a remote visit.")


@wording("visit_without_agenda")
def _visit_without_agenda(parameters: Mapping[str, Any]) -> str:
    return _("Say what will be looked at.")


@wording("nobody_goes")
def _nobody_goes(parameters: Mapping[str, Any]) -> str:
    return _("Choose who goes, among the reviewers of this file.")


@wording("does_not_review")
def _does_not_review(parameters: Mapping[str, Any]) -> str:
    words = _(
        "%(name)s cannot go: whoever goes reviews this file and has declared to have no interest in it."
    )
    return words % isolated(parameters)


@wording("visit_unchanged")
def _visit_unchanged(parameters: Mapping[str, Any]) -> str:
    return _("Nothing is different from what was planned. Change the time, the place or who goes.")


@wording("visit_moved_meanwhile")
def _visit_moved_meanwhile(parameters: Mapping[str, Any]) -> str:
    return _("The visit was changed since this page was opened. Look at its date again, then answer.")


@wording("no_other_date")
def _no_other_date(parameters: Mapping[str, Any]) -> str:
    return _("Say why the date does not suit, and which dates would.")


@wording("visit_not_yet")
def _visit_not_yet(parameters: Mapping[str, Any]) -> str:
    return _("This visit has not begun yet. Write down who was there once it has.")


@wording("visit_not_held")
def _visit_not_held(parameters: Mapping[str, Any]) -> str:
    return _("Write down first who was there.")


@wording("nobody_attended")
def _nobody_attended(parameters: Mapping[str, Any]) -> str:
    return _("Choose who of your side was there.")


@wording("was_not_to_go")
def _was_not_to_go(parameters: Mapping[str, Any]) -> str:
    return _("%(name)s was not to go on this visit. Change who goes before it is held.") % isolated(
        parameters
    )


@wording("nobody_met")
def _nobody_met(parameters: Mapping[str, Any]) -> str:
    return _("Say whom you met: names and functions.")


@wording("visit_without_report")
def _visit_without_report(parameters: Mapping[str, Any]) -> str:
    return _("Write a short report.")


@wording("visit_note_empty")
def _visit_note_empty(parameters: Mapping[str, Any]) -> str:
    return _("Write what you saw.")


@wording("criterion_not_chosen")
def _criterion_not_chosen(parameters: Mapping[str, Any]) -> str:
    return _("Choose the criterion that this is about.")


@wording("nothing_seen")
def _nothing_seen(parameters: Mapping[str, Any]) -> str:
    return _("Write a note, or add a photograph or a file.")


@wording("not_seen_here")
def _not_seen_here(parameters: Mapping[str, Any]) -> str:
    return _("This file was not added on this visit.")


@wording("visits_missing")
def _visits_missing(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "%(wanted)d visit must be held first; %(have)d has been so far.",
        "%(wanted)d visits must be held first; %(have)d have been so far.",
        parameters["wanted"],
    ) % isolated(parameters)


@wording("no_sample_yet")
def _no_sample_yet(parameters: Mapping[str, Any]) -> str:
    return _("A sample of branches or programmes is to be drawn and visited first.")


@wording("units_unvisited")
def _units_unvisited(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "%(count)d unit of the sample has not been visited yet: %(units)s.",
        "%(count)d units of the sample have not been visited yet: %(units)s.",
        parameters["count"],
    ) % isolated({"count": parameters["count"], "units": units_in_words(parameters)})


def units_in_words(parameters: Mapping[str, Any]) -> str:
    """Those that a reason names, and that there are others."""
    names = str(_(", ")).join(map(isolate, parameters["units"]))
    whole = parameters["count"] <= len(parameters["units"])
    return names if whole else _("%(names)s and others") % {"names": names}
