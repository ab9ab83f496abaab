"""The upkeep of certificates that waits for somebody."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import Upkeep
from accreditation_engine.certificates.upkeep.opening import UPKEEP_SCHEME
from accreditation_engine.certificates.upkeep.words import kind_title
from accreditation_engine.definitions.durations import after
from accreditation_engine.definitions.workflow import State
from accreditation_engine.dossiers.queries import editions_of, standing_in, waits_for
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.facts import Rows, moment_of
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.parts import acting_as, parts_in_sql
from accreditation_engine.engine.unusable import usable
from accreditation_engine.engine.words import state_title
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.ngo.task import Task
from accreditation_engine.portal.people import parts_of as parts_at_the_site

SHOWN = 20
WITHIN = "P1Y"
"""So far ahead organisations are told what comes."""
APPLICANT = "applicant"
HANDLE = (APPLICANT, "coordinator", "panel")
SEEN = "upkeep"
"""What the states of upkeep show."""


def waiting_upkeep(person: User, editions: Sequence[Compiled] | None = None) -> QuerySet[Upkeep]:
    """What `person` should do something about, the most urgent first. Two queries, one where the `editions` are
    known, none for whoever plays no part in it."""
    parts = [role for role in HANDLE if role in parts_at_the_site(person)]
    if not parts:
        return Upkeep.objects.none()
    schemes, found = editions_of(UPKEEP_SCHEME) if editions is None else editions, Q(pk__in=[])
    for role in parts:
        found |= standing_in(schemes, waits_for(role)) & acting_as(Upkeep, person.pk, role)
    rows = Upkeep.objects.filter(found).select_related("dossier__organisation", "certificate")
    return rows.annotate(**parts_in_sql(Upkeep, person.pk)).order_by("due_on", "pk")


def planned_upkeep(person: User, editions: Sequence[Compiled]) -> QuerySet[Upkeep]:
    """What the organisations of `person` are to be asked for, and file within a year. One query, none for whoever
    acts for none."""
    if APPLICANT not in parts_at_the_site(person):
        return Upkeep.objects.none()
    planned = standing_in(editions, _is_to_come)
    mine = planned & acting_as(Upkeep, person.pk, APPLICANT)
    rows = Upkeep.objects.filter(mine, due_on__lte=after(localdate(), WITHIN))
    return rows.select_related("dossier__organisation", "certificate").order_by("due_on", "pk")


def _is_to_come(state: State) -> bool:
    """It waits for nobody, goes on by itself, and is shown to its organisation."""
    return not state.final and not state.waits_for and SEEN in state.shows.get(APPLICANT, ())


def asked_in_sql() -> Rows:
    """All that is or was asked of an organisation, for its row."""
    return _rows(Upkeep.objects.filter(dossier__organisation=OuterRef("pk")))


def asked_for_certificate() -> Rows:
    """The same of the holder of a certificate, for its row."""
    return _rows(Upkeep.objects.filter(certificate=OuterRef("pk")))


def _rows(found: QuerySet[Upkeep]) -> Rows:
    names = (
        *("id", "dossier_id", "certificate_id", "kind", "edition_id", "state", "deadline_at", "called"),
        *("call_on", "due_on", "entered_at"),
    )
    return Rows(found.order_by("due_on", "pk").annotate(called=F("certificate__number")), *names)


def upkeep_in_short(roles: Collection[str], rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """[{title, url, words}] of what waits for somebody now, and of what comes first after it, among `rows` that
    were fetched with `asked_for_certificate`. No query."""
    now, ahead = [], []
    for row in rows:
        scheme = usable(row["edition_id"])
        state = scheme.workflow.states[row["state"]] if scheme else None
        if state is None or state.final or not any(SEEN in state.shows.get(role, ()) for role in roles):
            continue
        if state.waits_for:
            now.append(_entry(kind_title(row["kind"]), row))
        else:
            ahead.append(_ahead(kind_title(row["kind"]), row))
    return [{**each, "number": ""} for each in (*now, *ahead[:1])]


def upkeep_asked(organisations: Iterable[Any]) -> list[dict[str, Any]]:
    """[{title, number, url, words}] for home: what waits for `organisations`, fetched with `asked_in_sql` as
    `upkeep`. No query. The body is told by letters and in the calendar."""
    return [
        _entry(each.name_in(language()), row)
        for each in organisations
        for row in each.upkeep
        if _asked_of_its_holder(row)
    ][:SHOWN]


def upkeep_due(rows: Iterable[Mapping[str, Any]]) -> Iterator[Task]:
    """Of what was fetched with `asked_for_certificate`: what waits for the holder now. No query."""
    for row in rows:
        if _asked_of_its_holder(row):
            entry, ends = _entry(kind_title(row["kind"]), row), row["deadline_at"]
            due = localdate(moment_of(ends)) if ends else date.fromisoformat(row["due_on"])
            state = state_title(row["edition_id"], row["state"])
            yield Task(entry["title"], f"{state}.", entry["url"], _("To what is asked"), due)


def upkeep_ahead(organisations: Iterable[Any]) -> list[dict[str, Any]]:
    """The same of what is to come within a year: planned, and not asked for yet. No query."""
    year = after(localdate(), WITHIN)
    return [
        _ahead(each.name_in(language()), row)
        for each in organisations
        for row in each.upkeep
        if _is_planned(row) and date.fromisoformat(row["due_on"]) <= year
    ][:SHOWN]


def _is_planned(row: Mapping[str, Any]) -> bool:
    scheme = usable(row["edition_id"])
    state = scheme.workflow.states[row["state"]] if scheme else None
    return state is not None and _is_to_come(state)


def _ahead(title: str, row: Mapping[str, Any]) -> dict[str, Any]:
    days = {name: date_format(date.fromisoformat(row[name]), "j F Y") for name in ("call_on", "due_on")}
    words = _("%(kind)s, to be filed by %(due_on)s; you can file it from %(call_on)s.")
    return {**_entry(title, row), "words": words % isolated({"kind": kind_title(row["kind"]), **days})}


def _asked_of_its_holder(row: Mapping[str, Any]) -> bool:
    scheme = usable(row["edition_id"])
    state = scheme.workflow.states[row["state"]] if scheme else None
    return state is not None and state.waits_for == APPLICANT and SEEN in state.shows.get(APPLICANT, ())


def _entry(title: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": title,
        "number": row["called"],
        "url": reverse(
            "upkeep", args=[UUID(str(row[name])) for name in ("dossier_id", "certificate_id", "id")]
        ),
        "words": _words(row),
    }


def _words(row: Mapping[str, Any]) -> str:
    known = {"kind": kind_title(row["kind"]), "state": state_title(row["edition_id"], row["state"])}
    if row["deadline_at"] is None:
        return _("%(kind)s: %(state)s.") % isolated(known)
    day = localdate(moment_of(row["deadline_at"]))
    return _("%(kind)s: %(state)s, until %(day)s.") % isolated({**known, "day": date_format(day, "j F Y")})


def address_of(upkeep: Upkeep) -> str:
    return reverse("upkeep", args=[upkeep.dossier_id, upkeep.certificate_id, upkeep.pk])
