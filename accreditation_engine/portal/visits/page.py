"""The page of one visit: what stands, what was said, and what its reader may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.domain import is_final
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.portal.dossier.answers import file_list
from accreditation_engine.portal.dossier.autosave import work_of
from accreditation_engine.portal.dossier.criterion_choice import criterion_groups
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.dossier.rubrics import criterion_titles
from accreditation_engine.portal.sending.places import VISIT, Place, sent_here
from accreditation_engine.portal.tried import Tried, typed_in
from accreditation_engine.reviews.site_visits.models import Visit
from accreditation_engine.reviews.site_visits.seeing import NOTED, files_seen
from accreditation_engine.reviews.site_visits.standing import (
    PLANNERS,
    planning_role,
    still_ahead,
    still_open,
    still_to_answer,
)
from accreditation_engine.trail.content import timestamp
from accreditation_engine.uploads.kinds import file_field
from accreditation_engine.uploads.words import FILE_REASONS

from .plan_form import FIELDS, Typed, absent_people, by_field, people_offered, shown_form
from .said import Said, readable
from .seen import Names, goes_on, standing_badge, visit_title, when_shown

OF_FORMS: dict[str, dict[str, str]] = {
    "confirm": {},
    "other_date": {"no_other_date": "reason"},
    "agenda": {"visit_without_agenda": "agenda"},
    "move": FIELDS,
    "cancel": {"comment_missing": "reason"},
    "see": {
        "criterion_not_chosen": "criterion",
        "visit_note_empty": "note",
        "nothing_seen": "note",
        **dict.fromkeys(FILE_REASONS, "files"),
    },
    "take_back": {},
    "held": {"nobody_attended": "attended", "was_not_to_go": "attended", "nobody_met": "met"},
    "close": {"visit_without_report": "report"},
}
"""The forms of the page, and in which field each reason was typed."""


@dataclass(frozen=True)
class May:
    """What the reader may do about a visit, and may still be done."""

    answer: bool
    plan: bool
    visit: bool
    see: bool

    @classmethod
    def of(cls, reader: Reader, visit: Visit) -> May:
        """Two queries at most."""
        plans = not why_not_planning(reader)
        goes = goes_on(reader.person, visit)
        open_ = not still_open(visit)
        return cls(
            answer=not still_to_answer(visit) and reader.acts("applicant"),
            plan=plans and not still_ahead(visit) and not is_final(reader.dossier),
            visit=plans and open_ and (goes or reader.plays("coordinator")),
            see=plans and open_ and goes and reader.plays("reviewer"),
        )


def visit_place(visit: Visit) -> Place:
    """What its files are sent for."""
    return Place(visit.dossier_id, VISIT, str(visit.seq))


def why_not_planning(reader: Reader) -> tuple[Reason, ...]:
    """Why the reader plans no visit; none for those who may. Two queries at most."""
    if not any(reader.plays(role) for role in PLANNERS):
        return (Reason("not_your_role", {"roles": list(PLANNERS)}),)
    try:
        planning_role(reader.dossier, reader.person)
    except Refused as refused:
        return refused.reasons
    return ()


def visit_page(
    reader: Reader, visit: Visit, tried: Tried | None = None, typed: Typed | None = None, criterion: str = ""
) -> dict[str, Any]:
    """For visit.html. `tried` is the form that was refused; where it was the one that moves the visit, `typed` is
    what stood in it. `criterion` is the one to go on with, as it stands in a form."""
    said, names, may = Said.of(reader, visit), Names.of([visit]), May.of(reader, visit)
    wrong, others = by_field(tried.reasons, OF_FORMS[tried.form]) if tried else ({}, [])
    place = said.at(visit.place_seq)
    return {
        **frame(reader, "visits"),
        "visit": visit,
        "title": visit_title(visit),
        "badge": standing_badge(visit),
        "place": place,
        "place_is_link": place.startswith(("https://", "http://")) and len(place.split()) == 1,
        "when": when_shown(visit),
        "people": names.called(visit.people),
        "agenda": said.at(visit.agenda_seq),
        "agenda_typed": said.still_at(visit.agenda_seq),
        "asked": said.at(visit.asked_seq),
        "moved": _last(said, "visit_moved"),
        "cancelled": _last(said, "visit_cancelled"),
        "held": _held(visit, said, names),
        "report": _last(said, "visit_closed"),
        "notes": _notes(reader, said),
        "files": _files(reader, visit, may),
        "groups": criterion_groups(reader) if may.see else [],
        "criterion": (tried.typed.get("criterion", "") if tried else "") or criterion,
        "taken": file_field(),
        "pieces": visit_place(visit).address,
        "sending": sent_here(reader.person, [visit_place(visit)] if may.see else []),
        "work": work_of(reader.person, f"visit-{visit.dossier_id}-{visit.seq}"),
        "may": may,
        "begun": timezone.now() >= visit.begins_at,
        "seen": timestamp(visit.timed_at),
        "tried": tried.form if tried else "",
        "wrong": wrong,
        "errors": [{"text": text, "target": _target(tried, name)} for name, text in wrong.items()],
        "notice": _notice(others),
        "typed": {name: typed_in(tried, form, name) for form in OF_FORMS for name in _names(tried, form)},
        "form": _move(reader, visit, said.still_at(visit.place_seq), typed, wrong) if may.plan else None,
        "there": _there(visit, names, tried),
    }


def _notes(reader: Reader, said: Said) -> list[dict[str, Any]]:
    """The notes of those who go, by those who may read them."""
    titles = criterion_titles(reader.scheme)
    return [
        {
            "criterion": titles.get((data["rubric"], data["criterion"]), data["criterion"]),
            "text": readable(each),
            "by": each.actor or _("a name that was erased by law"),
            "at": each.event.at,
        }
        for each in said.of_kind(NOTED)
        for data in [each.content["data"]]
    ]


def _files(reader: Reader, visit: Visit, may: May) -> list[dict[str, Any]]:
    """What was filed, each with its criterion: for those who see evidence, and for those who file. One query."""
    sees = reader.sees("evidence")
    if not sees and not may.see:
        return []
    titles, found = criterion_titles(reader.scheme), list(files_seen(visit))
    shown = zip(file_list(found, removable=may.see), found, strict=True)
    return [
        {
            **each,
            "url": each["url"] if sees else "",
            "of": titles.get((filed.rubric, filed.criterion), filed.criterion),
        }
        for each, filed in shown
    ]


def _names(tried: Tried | None, form: str) -> list[str]:
    return list(tried.typed) if tried and tried.form == form else []


def _target(tried: Tried | None, name: str) -> str:
    """The id of a field of the form that was sent. Several of them take a reason."""
    ids = {"move": "move-reason", "other_date": "other-reason", "cancel": "cancel-reason"}
    return ids[tried.form] if tried and name == "reason" else name


def _move(
    reader: Reader, visit: Visit, place: str, typed: Typed | None, wrong: dict[str, str]
) -> dict[str, Any]:
    stands = typed or Typed.of_visit(visit, place)
    offered = people_offered(reader, visit)
    absent = absent_people(reader.dossier, offered)
    return shown_form(stands, offered, absent, [], wrong if typed else {})


def _last(said: Said, kind: str) -> dict[str, Any] | None:
    """What was said with the last event of that kind, by whom and when."""
    each = said.last(kind)
    if each is None:
        return None
    by = each.actor or _("a name that was erased by law")
    return {"text": readable(each), "by": by, "at": each.event.at}


def _held(visit: Visit, said: Said, names: Names) -> dict[str, Any] | None:
    found = said.last("visit_held")
    return (
        {"at": found.event.at, "met": readable(found), "there": names.called(visit.attended)}
        if found
        else None
    )


def _there(visit: Visit, names: Names, tried: Tried | None) -> list[dict[str, Any]]:
    """Who may have been there: ticked at first, for most who go are there."""
    sent = tried is not None and tried.form == "held"
    chosen = tried.typed.get("attended", "").split(",") if tried is not None and sent else visit.people
    return [
        {"value": each, "name": name, "chosen": each in chosen}
        for each, name in zip(visit.people, names.called(visit.people), strict=True)
    ]


def _notice(reasons: list[Reason]) -> dict[str, Any] | None:
    told = [{"text": str(each)} for each in reasons]
    return (
        {"kind": "refusal", "urgent": True, "title": _("This was not done"), "reasons": told}
        if told
        else None
    )
