"""The page of one sitting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.decisions.models import Convened, Sitting
from accreditation_engine.decisions.sittings.details import details_of
from accreditation_engine.decisions.sittings.rules import COORDINATOR, leads
from accreditation_engine.decisions.words import choice_title
from accreditation_engine.engine.isolates import isolate
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.engine.words import transition_title
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.dossier.states import state_badge
from accreditation_engine.portal.erased_words import or_erased

from .agenda import SETS_DOWN, Agenda, Item, agenda_of

MINUTE = "%Y-%m-%dT%H:%M"


def sitting_page(
    sitting: Sitting,
    person: User,
    *,
    refused: Refused | None = None,
    typed: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The context of portal/sitting.html. The same number of queries however long the agenda is."""
    details = details_of(sitting)
    seats = list(sitting.convened.select_related("member").order_by("member__name", "pk"))
    names = {each.member_id: each.member.name for each in seats}
    role = leads(person, sitting)
    agenda = agenda_of(sitting, person)
    going_on = not (sitting.closed_at or sitting.cancelled_at)
    return {
        "head": {"title": details.title(sitting), "badge": standing_badge(sitting)},
        "breadcrumbs": [
            {"title": _("Sittings"), "url": reverse("sittings")},
            {"title": details.title(sitting)},
        ],
        "sitting": sitting,
        "details": details,
        "seats": [_seat(each, sitting, typed) for each in seats],
        "to_come": localdate() < localdate(sitting.starts_at),
        "corrections": _corrections(agenda),
        "why": typed.get("why", "") if typed else "",
        "asks_why": any(each.came_at for each in seats) or (typed is not None and "why" in typed),
        "items": [shown_item(sitting, each, names) for each in agenda.items],
        "leads": bool(role) and going_on,
        "plans": role == COORDINATOR and going_on,
        "cancelling": typed is not None and "reason" in typed,
        "reason": typed.get("reason", "") if typed else "",
        "errors": _errors(refused, typed or {}),
        "wrong": {each.code: str(each) for each in refused.reasons} if refused else {},
    }


def _corrections(agenda: Agenda) -> list[dict[str, Any]]:
    """Each time that what was noted of the attendance was corrected, with the reason."""
    return [
        {
            "at": each.event.at,
            "by": role_title(each.event.role),
            "reason": or_erased(each.comment, each.erased_at),
        }
        for each in agenda.noted
        if each.comment or each.erased
    ]


TARGETS = {"attendance_unexplained": "why", "ballots_running": "end", "nobody_noted": "end"}
"""Where it is mended what is refused, other than in the form that was sent."""


def _errors(refused: Refused | None, typed: Mapping[str, str]) -> list[dict[str, str]]:
    """For parts/error_summary.html, each leading to what is to be mended."""
    target = "reason" if "reason" in typed else "attendance"
    return [
        {"text": str(each), "target": TARGETS.get(each.code, target)}
        for each in (refused.reasons if refused else ())
    ]


def standing_badge(sitting: Sitting) -> dict[str, str]:
    if sitting.cancelled_at:
        return {"title": _("cancelled"), "tone": "neutral"}
    if sitting.closed_at:
        return {"title": _("closed"), "tone": "good"}
    return {"title": _("called"), "tone": "panel"}


def _seat(seat: Convened, sitting: Sitting, typed: Mapping[str, str] | None) -> dict[str, Any]:
    """As it was typed, after a refusal."""
    key = str(seat.member_id)
    shown = {
        "key": key,
        "name": seat.member.name,
        "came_at": seat.came_at,
        "left_at": seat.left_at,
        "came": seat.came_at is not None,
        "from": _typed_as(seat.came_at or sitting.starts_at),
        "to": _typed_as(seat.left_at),
    }
    if typed is not None and f"from-{key}" in typed:
        shown |= {
            "came": f"came-{key}" in typed,
            "from": typed[f"from-{key}"],
            "to": typed.get(f"to-{key}", ""),
        }
    return shown


def _typed_as(moment: Any) -> str:
    return localtime(moment).strftime(MINUTE) if moment else ""


def shown_item(sitting: Sitting, item: Item, names: Mapping[UUID, str]) -> dict[str, Any]:
    """Of a file that is closed to the reader its number, and that it is."""
    if item.reader is None:
        return {"number": item.dossier.number, "closed": True, "steps_aside": item.steps_aside}
    before, edition = item.before, item.dossier.edition_id
    return {
        "number": item.dossier.number,
        "name": item.dossier.organisation.name_in(language()),
        "url": reverse("dossier", args=[item.dossier.pk]),
        "badge": state_badge(item.reader.scheme, item.dossier.state, outside=item.reader.outside),
        "outcome": _outcome(item),
        "barred": _names(before.barred, names),
        "involved": _names(before.involved, names),
        "recused": _names(before.recused - item.stepped_aside.keys(), names),
        "stepped_aside": [
            {"name": names[each], "reason": or_erased(said.comment, said.erased_at)}
            for each, said in item.stepped_aside.items()
            if each in before.recused and each in names
        ],
        "quorum": _quorum(item),
        "enough": before.enough,
        "cast": item.cast,
        "able": len(before.able),
        "put_off": bool(sitting.closed_at) and not before.ballot and before.quorum > 0,
        "sealed": item.votes is None and item.reader.names and before.quorum > 0,
        "tally": [
            {"title": choice_title(edition, choice), "count": count}
            for choice, count in sorted(item.tally.items())
        ],
        "dissents": [
            {"name": str(each.member), "reason": or_erased(said.comment, said.erased_at)}
            for each, said in item.dissents
        ],
        "decision": transition_title(item.decision.edition, item.decision.transition)
        if item.decision
        else "",
        "hash": item.decision.hash[:12] if item.decision else "",
        "minutes": or_erased(item.minutes.comment, item.minutes.erased_at) if item.minutes else "",
        "write": _write(sitting, item),
    }


def _write(sitting: Sitting, item: Item) -> str:
    if sitting.cancelled_at or not item.parts & SETS_DOWN:
        return ""
    return reverse("write_minutes", args=[sitting.pk, item.dossier.pk])


def _outcome(item: Item) -> str:
    sheet = item.sheet
    if sheet is None or sheet.outcome is None:
        return ""
    titles = {each.outcome: each.title.in_language(language()) for each in sheet.rubric.outcomes}
    return titles[sheet.outcome]


def _names(people: Iterable[UUID], names: Mapping[UUID, str]) -> str:
    return str(_(", ")).join(isolate(names[each]) for each in sorted(people, key=str) if each in names)


def _quorum(item: Item) -> str:
    """Counted without whoever may not decide; empty where nothing is voted on."""
    before = item.before
    if not before.quorum:
        return ""
    words = ngettext(
        "%(have)d present who may decide, of a quorum of %(quorum)d",
        "%(have)d present who may decide, of a quorum of %(quorum)d",
        len(before.present),
    )
    return words % {"have": len(before.present), "quorum": before.quorum}
