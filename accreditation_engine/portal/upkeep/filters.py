"""Narrowing down the list of all upkeep. What was chosen stands in the address, to be kept and sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import Upkeep
from accreditation_engine.certificates.upkeep.opening import UPKEEP_SCHEME
from accreditation_engine.certificates.upkeep.words import KINDS, kind_title
from accreditation_engine.definitions.workflow import State
from accreditation_engine.dossiers.queries import editions_of, standing_in
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.models import Scheme
from accreditation_engine.engine.parts import known_as
from accreditation_engine.engine.words import scheme_title, state_title
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.people import parts_of
from accreditation_engine.portal.whole_numbers import whole_number
from accreditation_engine.trail.folding import HoldsEvery, together

from .late import late_upkeep
from .waiting import SEEN

LOOK_AFTER = ("coordinator", "panel", "auditor")
"""Who has a list of all of it."""
EVERY = "any"
NAMES = ("q", "kind", "state", "late", "scheme", "year")
SOUGHT = ("dossier__organisation__name_ar", "dossier__organisation__name_en")
NUMBERS = ("certificate__number", "dossier__number", "dossier__organisation__registration_number")


@dataclass(frozen=True)
class Filters:
    """Without a `state` all that goes on; `EVERY` for what has ended as well. `year` is that of the day by which
    it is to be filed."""

    person: User
    chosen: Mapping[str, str] = field(default_factory=dict)
    now: datetime = field(default_factory=timezone.now)

    @classmethod
    def of(cls, request: HttpRequest, person: User) -> Filters:
        typed = {name: request.GET.get(name, "").replace("\x00", "")[:200].strip() for name in NAMES}
        return cls(person, typed)

    @cached_property
    def editions(self) -> list[Compiled]:
        """One query, once."""
        return editions_of(UPKEEP_SCHEME)

    def rows(self) -> QuerySet[Upkeep]:
        """What fits, by the day on which it is due; the latest first where only what is late is asked for."""
        found = Upkeep.objects.filter(self._seen(), self._standing())
        if kind := self._get("kind"):
            found = found.filter(kind=kind)
        if scheme := self._get("scheme"):
            found = found.filter(dossier__scheme=scheme)
        if self._get("year"):
            found = found.filter(self._due_in(whole_number(self._get("year"), digits=4)))
        if self._get("late"):
            found = found.filter(self.late())
        if words := self._get("q"):
            found = found.filter(HoldsEvery(together(*SOUGHT, *NUMBERS), words=words))
        return found.select_related("dossier__organisation", "certificate").order_by("due_on", "pk")

    def late(self) -> Q:
        return late_upkeep(self.editions, self.now)

    def _due_in(self, year: int | None) -> Q:
        return Q(due_on__year=year) if year else Q(pk__in=[])

    def _get(self, name: str) -> str:
        return self.chosen.get(name, "")

    def _seen(self) -> Q:
        """In each of the reader's parts what the states show to it."""
        found = Q(pk__in=[])
        for role in LOOK_AFTER:
            if role in parts_of(self.person):
                found |= standing_in(self.editions, _shows_to(role)) & known_as(Upkeep, self.person.pk, role)
        return found

    def _standing(self) -> Q:
        state = self._get("state")
        if state == EVERY:
            return Q()
        return Q(state=state) if state else standing_in(self.editions, lambda each: not each.final)

    def kinds(self) -> list[dict[str, Any]]:
        return [
            {"value": each, "title": kind_title(each), "chosen": each == self._get("kind")} for each in KINDS
        ]

    def states(self) -> list[dict[str, Any]]:
        """In the order of the workflows, each once."""
        titles = {EVERY: _("all, also what has ended")}
        for scheme in self.editions:
            for name in scheme.workflow.states:
                titles[name] = state_title(scheme.edition, name)
        return [
            {"value": name, "title": title, "chosen": name == self._get("state")}
            for name, title in titles.items()
        ]

    def schemes(self) -> list[dict[str, Any]]:
        """One query."""
        found = Scheme.objects.filter(subject="dossier").order_by("name").values_list("name", "edition_id")
        return [
            {"value": name, "title": scheme_title(name, edition), "chosen": name == self._get("scheme")}
            for name, edition in found
        ]

    def years(self) -> list[dict[str, Any]]:
        """Those in which something is due. One query."""
        due = Upkeep.objects.order_by().dates("due_on", "year")
        return [{"value": str(each.year), "chosen": str(each.year) == self._get("year")} for each in due]

    @property
    def words(self) -> str:
        return self._get("q")

    @property
    def only_late(self) -> bool:
        return bool(self._get("late"))

    def empty(self) -> dict[str, Any]:
        """Shown where nothing fits."""
        if not any(self.chosen.values()):
            return {"icon": "check", "sentence": _("Nothing is asked of the holders of certificates now.")}
        return {
            "icon": "search",
            "sentence": _("Nothing fits what you chose."),
            "action": {"title": _("Show all that goes on"), "url": reverse("upkeep_list")},
        }


def _shows_to(role: str) -> Any:
    def shows(state: State) -> bool:
        return SEEN in state.shows.get(role, ())

    return shows
