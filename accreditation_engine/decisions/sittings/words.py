"""Reasons about sittings, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.engine.reasons import wording

from .doubts import AT_ONCE, DAY_OFF, EMPTY

Facts = Mapping[str, Any]
DOUBT_WORDS = {
    DAY_OFF: gettext_lazy("The panel meets on a day off."),
    EMPTY: gettext_lazy("Members are convened before the agenda is set."),
    AT_ONCE: gettext_lazy("Members attend another sitting within the same hour as well."),
}
"""What whoever plans confirms."""


@wording("sitting_untitled")
def _untitled(parameters: Facts) -> str:
    return _("Give the sitting a title in Arabic and one in English.")


@wording("sitting_nowhere")
def _nowhere(parameters: Facts) -> str:
    return _("Say where the panel meets: a place, or the address of a call.")


@wording("sitting_without_time")
def _without_time(parameters: Facts) -> str:
    return _("Say on which day and at what time the sitting begins.")


@wording("sitting_in_the_past")
def _in_the_past(parameters: Facts) -> str:
    return _("The sitting would begin on a day that is past. Choose today or a later day.")


@wording("sitting_without_scheme")
def _without_scheme(parameters: Facts) -> str:
    return _("Choose the schemes whose files the sitting decides.")


@wording("sitting_without_members")
def _without_members(parameters: Facts) -> str:
    return _("Choose who is convened.")


@wording("line_too_long")
def _line_too_long(parameters: Facts) -> str:
    return _("A title and a place have at most %(most)d letters each. Shorten it.") % isolated(parameters)


@wording("not_of_the_panel")
def _not_of_the_panel(parameters: Facts) -> str:
    return _("These do not decide under the schemes of the sitting, and cannot be convened: %(names)s.") % {
        "names": _listed(parameters["names"])
    }


@wording("members_involved")
def _members_involved(parameters: Facts) -> str:
    return _(
        "These reviewed or decided on what is on the agenda (%(numbers)s), and nobody judges a case twice:"
        " %(names)s. Leave them out and convene others."
    ) % {"names": _listed(parameters["names"]), "numbers": _listed(parameters["numbers"])}


@wording("had_a_hand")
def _had_a_hand(parameters: Facts) -> str:
    return _(
        "You had a hand in this file before, so you step aside while it is heard. A coordinator writes its"
        " minutes."
    )


@wording("sitting_on_day_off")
def _on_day_off(parameters: Facts) -> str:
    day = date_format(date.fromisoformat(parameters["on"]), "l j F Y")
    return _("%(day)s is a day off. Choose a working day, or confirm that the panel meets then.") % isolated(
        {"day": day}
    )


@wording("sitting_without_agenda")
def _without_agenda(parameters: Facts) -> str:
    return _(
        "No file is on the agenda. Put files on it, or confirm that members are convened before the agenda is set."
    )


@wording("members_sit_elsewhere")
def _sit_elsewhere(parameters: Facts) -> str:
    return _(
        "These are convened to another sitting within the same hour: %(names)s. Choose another time or other"
        " members, or confirm that they attend both."
    ) % {"names": _listed(parameters["names"])}


@wording("sitting_to_come")
def _to_come(parameters: Facts) -> str:
    day = date_format(date.fromisoformat(parameters["on"]), "j F Y")
    return _("The sitting is on %(day)s. Who came is noted from that day on.") % isolated({"day": day})


@wording("attendance_unexplained")
def _attendance_unexplained(parameters: Facts) -> str:
    return _(
        "This changes what is noted of %(names)s already. Say why; what was noted before stays in the trail."
    ) % {"names": _listed(parameters["names"])}


@wording("of_another_scheme")
def _of_another_scheme(parameters: Facts) -> str:
    return _(
        "These files belong to other schemes than the sitting; take them off, or add the scheme: %(numbers)s."
    ) % {"numbers": _listed(parameters["numbers"])}


@wording("nothing_to_decide")
def _nothing_to_decide(parameters: Facts) -> str:
    return _("In these files nothing more is decided; take them off the agenda: %(numbers)s.") % {
        "numbers": _listed(parameters["numbers"])
    }


@wording("members_acted")
def _members_acted(parameters: Facts) -> str:
    return _(
        "These members are noted as present, or have voted or stepped aside at this sitting: %(names)s. They stay"
        " convened."
    ) % {"names": _listed(parameters["names"])}


@wording("sitting_has_begun")
def _has_begun(parameters: Facts) -> str:
    return _("It is written down who came to this sitting, so its day and time stay as they are.")


@wording("sitting_took_place")
def _took_place(parameters: Facts) -> str:
    return _(
        "The sitting took place: it is written down who came, or something was decided or written down at it."
        " Close it instead."
    )


@wording("settled_here")
def _settled_here(parameters: Facts) -> str:
    return _(
        "These files were decided at this sitting, or something is written down of them: %(numbers)s. Leave them"
        " on the agenda, so that its minutes keep them."
    ) % {"numbers": _listed(parameters["numbers"])}


@wording("sitting_changed")
def _changed(parameters: Facts) -> str:
    return _(
        "Somebody changed the sitting meanwhile. Compare what you typed with how it stands now, and save again."
    )


@wording("sitting_over")
def _over(parameters: Facts) -> str:
    return _("The sitting is over; it stays as it was.")


@wording("nobody_noted")
def _nobody_noted(parameters: Facts) -> str:
    return _("Nobody is noted as present. Note who came; or, if the panel did not meet, cancel the sitting.")


@wording("ballots_running")
def _ballots_running(parameters: Facts) -> str:
    return _(
        "The vote on these files is not over: %(numbers)s. Let those vote who have yet to, or close the ballot,"
        " and close the sitting then. A file on which nobody has voted can be put off: take it off the agenda, or"
        " write in its minutes what becomes of it."
    ) % {"numbers": _listed(parameters["numbers"])}


@wording("not_convened")
def _not_convened(parameters: Facts) -> str:
    return _("Only those who are convened are noted as present. Convene them first.")


@wording("left_before_coming")
def _left_before_coming(parameters: Facts) -> str:
    return _("These left before they came; mend the times: %(names)s.") % {
        "names": _listed(parameters["names"])
    }


@wording("not_a_time")
def _not_a_time(parameters: Facts) -> str:
    return _("This is no date and time; write it like 2026-11-24 09:30.")


@wording("not_on_the_agenda")
def _not_on_the_agenda(parameters: Facts) -> str:
    return _("This file is not on the agenda of the sitting.")


@wording("minutes_missing")
def _minutes_missing(parameters: Facts) -> str:
    return _("Write what was said of the file.")


@wording("minutes_changed")
def _minutes_changed(parameters: Facts) -> str:
    return _("Somebody wrote these minutes meanwhile. Compare your text with theirs, and save again.")


def _listed(values: Iterable[str]) -> str:
    return str(_(", ")).join(isolate(each) for each in values)
