"""The list of concerns for those who deal with them or watch over them, narrowed down as the address says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.complaints.auditing import AUDIT
from accreditation_engine.complaints.domain import SCHEME
from accreditation_engine.complaints.models import Complaint
from accreditation_engine.complaints.queries import late, seen_by, waiting_for
from accreditation_engine.dossiers.queries import editions_of, standing_in
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.words import state_title
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.dossier.states import state_badge
from accreditation_engine.portal.people import parts_of
from accreditation_engine.portal.table_files import csv_of
from accreditation_engine.portal.time_left import days_since
from accreditation_engine.trail.folding import HoldsEvery, together

READ = ("coordinator", "panel", "auditor")
"""Whoever has the list, as far as the state of each concern shows it to them."""
NAMES = ("dossier__organisation__name_ar", "dossier__organisation__name_en")
MINE, LATE = "mine", "late"
AT_ONCE = 500
FIELDS = (
    *(
        "number",
        "state",
        "late",
        "organisation_ar",
        "organisation_en",
        "registration_number",
        "file",
        "scheme",
    ),
    *("principle", "raised_on", "state_since", "due_on", "url"),
)


def roles_of(person: User) -> list[str]:
    """Those of READ that the person plays."""
    return [each for each in READ if each in parts_of(person)]


@dataclass(frozen=True)
class Narrowed:
    """`only` is MINE, for those that wait for the reader, LATE or ""."""

    person: User
    state: str
    words: str
    only: str

    @classmethod
    def of(cls, request: HttpRequest, person: User) -> Narrowed:
        typed = {name: request.GET.get(name, "").replace("\x00", "")[:200] for name in ("state", "q", "only")}
        return cls(person, typed["state"], typed["q"].strip(), typed["only"])

    @cached_property
    def editions(self) -> list[Compiled]:
        """One query, once."""
        return editions_of(SCHEME)

    def late(self) -> Q:
        return late(timezone.now(), self.editions)

    def rows(self) -> QuerySet[Complaint]:
        """What goes on comes first, that which waits longest before the rest; then what is over, the latest
        first."""
        found = seen_by(self.person.pk, *roles_of(self.person), editions=self.editions)
        found = found.filter(self._chosen())
        final = standing_in(self.editions, lambda state: state.final)
        over = When(final, then=Value("1"))
        found = found.annotate(over=Case(over, default=Value("0"), output_field=CharField()))
        waits = Case(When(over="0", then=F("entered_at")))
        return found.order_by("over", waits.asc(), "-entered_at", "-number")

    def _chosen(self) -> Q:
        found = Q()
        if self.state:
            found &= Q(state=self.state)
        if self.words:
            numbered = Q(HoldsEvery("number", words=self.words))
            found &= numbered | Q(HoldsEvery(together(*NAMES), words=self.words))
        if self.only == LATE:
            found &= self.late()
        if self.only == MINE:
            mine = waiting_for(self.person.pk, *roles_of(self.person), editions=self.editions)
            found &= Q(pk__in=mine.order_by().values("pk"))
        return found

    def states(self) -> list[dict[str, Any]]:
        """To choose from, in the order of the workflow, each once."""
        titles: dict[str, str] = {}
        for scheme in self.editions:
            for name in scheme.workflow.states:
                titles.setdefault(name, state_title(scheme.edition, name))
        return [
            {"value": name, "title": title, "chosen": name == self.state} for name, title in titles.items()
        ]

    def choices(self) -> list[dict[str, Any]]:
        titles = {"": _("all of them"), MINE: _("that wait for me"), LATE: _("that are late")}
        return [
            {"value": each, "title": title, "chosen": each == self.only} for each, title in titles.items()
        ]

    def empty(self) -> dict[str, Any]:
        """Shown where nothing fits."""
        if not (self.state or self.words or self.only):
            return {"icon": "flag", "sentence": _("Nobody has raised a concern that is for you to see.")}
        return {
            "icon": "search",
            "sentence": _("No concern fits what you chose."),
            "action": {"title": _("Show all concerns"), "url": reverse("concerns")},
        }


def as_table(narrowed: Narrowed) -> Iterator[bytes]:
    """CSV of all that fits, in codes and days as YYYY-MM-DD; the columns never change. Nothing of what was
    written, nor of whoever wrote it."""
    late_now = set(narrowed.rows().filter(narrowed.late()).values_list("pk", flat=True))
    rows = narrowed.rows().iterator(chunk_size=AT_ONCE)
    return csv_of(FIELDS, ([_line(each, is_late=each.pk in late_now)] for each in rows))


def _line(concern: Complaint, *, is_late: bool) -> tuple[Any, ...]:
    organisation, due = concern.dossier.organisation, concern.deadline_at
    return (
        concern.number,
        concern.state,
        "yes" if is_late and not compiled(concern.edition_id).workflow.states[concern.state].final else "",
        organisation.name_ar,
        organisation.name_en,
        organisation.registration_number,
        concern.dossier.number,
        concern.dossier.scheme,
        concern.about,
        timezone.localdate(concern.raised_at).isoformat(),  # type: ignore[attr-defined]  # annotated
        timezone.localdate(concern.entered_at).isoformat(),
        timezone.localdate(due).isoformat() if due else "",
        settings.SITE_URL + reverse("complaint", args=[concern.dossier_id, concern.pk]),
    )


def concern_table(concerns: Iterable[Complaint], empty: dict[str, Any]) -> dict[str, Any]:
    """For parts/table.html. No query once the editions are known."""
    titles = [_("Number"), _("Organisation"), _("State"), _("Raised"), _("Stands there for"), _("Until")]
    return {
        "caption": _("Concerns"),
        "hide_caption": True,
        "columns": [{"title": each} for each in titles],
        "rows": [{"cells": _cells(each)} for each in concerns],
        "empty": empty,
    }


def _cells(concern: Complaint) -> list[dict[str, Any]]:
    goes_on = not compiled(concern.edition_id).workflow.states[concern.state].final
    return [
        {
            "value": concern.number,
            "kind": "code",
            "url": reverse("complaint", args=[concern.dossier_id, concern.pk]),
        },
        {"value": concern.dossier.organisation.name_in(language())},
        {"badge": badge_of(concern)},
        {"value": concern.raised_at, "kind": "day"},  # type: ignore[attr-defined]  # annotated
        {"value": days_since(concern.entered_at) if goes_on else ""},
        _until(concern),
    ]


def _until(concern: Complaint) -> dict[str, Any]:
    over = concern.deadline_at is not None and concern.deadline_at < timezone.now()
    return {"value": concern.deadline_at, "kind": "day", "note": _("overdue") if over else ""}


def badge_of(concern: Complaint) -> dict[str, Any]:
    """Whom it waits for; one that is over is good news for nobody, and a warning where it can lead to an audit."""
    scheme = compiled(concern.edition_id)
    badge = state_badge(scheme, concern.state, outside=False)
    if not scheme.workflow.states[concern.state].final:
        return badge
    into = [each for each in scheme.steps.values() if each.definition.to == concern.state]
    upheld = any(effect.name == AUDIT for step in into for effect in step.effects)
    return {**badge, "tone": "warning" if upheld else "neutral"}
