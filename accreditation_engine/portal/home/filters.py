"""Narrowing down the list of files. What was chosen stands in the address, so that it can be kept and sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.definitions.anonymity import ORGANISATION
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import READERS, schemes_in_use, standing_in
from accreditation_engine.dossiers.unannounced import decided_out_of, unannounced
from accreditation_engine.engine.words import state_title
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.people import files_of
from accreditation_engine.portal.season.narrowed import Narrowed
from accreditation_engine.trail.folding import HoldsEvery, together

from .waiting import waiting_dossiers

# Whoever reads states as they are. Applicants know other words for them, and could find out by this filter.
NAMES = ("organisation__name_ar", "organisation__name_en")
INSIDE = tuple(role for role in READERS if role != "applicant")


@dataclass(frozen=True)
class Filters:
    person: User
    state: str
    words: str
    waiting: bool
    season: Narrowed | None = None

    @classmethod
    def of(cls, request: HttpRequest, person: User) -> Filters:
        chosen = {
            name: request.GET.get(name, "").replace("\x00", "")[:200] for name in ("state", "q", "waiting")
        }
        season = Narrowed.of(request, person)
        return cls(person, chosen["state"], chosen["q"].strip(), bool(chosen["waiting"]), season)

    def rows(self) -> QuerySet[Dossier]:
        """The files that fit."""
        found = waiting_dossiers(self.person) if self.waiting else self._all()
        if not self.words:
            return found
        numbered = Q(HoldsEvery("number", words=self.words))
        named = Q(HoldsEvery(together("number", *NAMES), words=self.words))
        return found.filter(numbered | (named & ~self._unnamed()))

    def _all(self) -> QuerySet[Dossier]:
        if self.season:
            return self.season.files(self.state)
        if self.state:
            return self._standing_there().order_by("-opened_at", "number")
        return files_of(self.person).order_by("-opened_at", "number")

    def _standing_there(self) -> QuerySet[Dossier]:
        """A decision that is not announced yet is found by those alone who are shown it; others find its file
        where it stood before."""
        mine = files_of(self.person, *INSIDE)
        there = Q(state=self.state)
        for scheme in schemes_in_use(mine):
            told = unannounced(scheme.edition)
            if self.state in told:
                there &= ~Q(edition=scheme.edition) | Q(pk__in=self._shown_to(told[self.state]))
            for decided in decided_out_of(scheme.edition, self.state):
                kept = Q(edition=scheme.edition, state=decided) & ~Q(pk__in=self._shown_to(told[decided]))
                there |= kept
        return mine.filter(there)

    def _unnamed(self) -> Q:
        """The files that the reader reviews without being told whose they are: trying names would tell."""
        mine = files_of(self.person, "reviewer")
        kept = standing_in(schemes_in_use(mine), lambda state: ORGANISATION in state.anonymous)
        return kept & Q(pk__in=mine.order_by().values("pk"))

    def _shown_to(self, told: frozenset[str]) -> QuerySet[Any]:
        """The files in which the reader is one of `told`, who are some at least."""
        return files_of(self.person, *told).order_by().values("pk")

    def states(self) -> list[dict[str, Any]]:
        """The states to choose from, in the order of the workflows, each once; nothing for applicants."""
        titles: dict[str, str] = {}
        for scheme in schemes_in_use(files_of(self.person, *INSIDE)):
            for name in scheme.workflow.states:
                titles.setdefault(name, state_title(scheme.edition, name))
        return [
            {"value": name, "title": title, "chosen": name == self.state} for name, title in titles.items()
        ]

    def empty(self) -> dict[str, Any]:
        """Shown where nothing fits."""
        if not (self.state or self.words or self.waiting or self.season):
            return {"sentence": _("No file of yours is open.")}
        return {
            "icon": "search",
            "sentence": _("No file fits what you chose."),
            "action": {"title": _("Show all files"), "url": reverse("files")},
        }
