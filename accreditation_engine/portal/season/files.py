"""The files of a season: those that somebody coordinates, and the parts of them that a number stands for. The page
counts what the list behind a number shows, because both ask here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import schemes_in_use, standing_in
from accreditation_engine.dossiers.unannounced import decided_out_of, kept_from
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.people import files_of
from accreditation_engine.reviews.allocation.pool import wanted_reviews
from accreditation_engine.reviews.models import Assignment

from .late import COORDINATOR, late, late_since, tells_time

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Season:
    """What `person` coordinates, at one moment."""

    person: User
    now: datetime = field(default_factory=timezone.now)

    @cached_property
    def schemes(self) -> list[Compiled]:
        """The editions that its files are judged by. One query, once."""
        return schemes_in_use(self._coordinated)

    def files(self) -> QuerySet[Dossier]:
        """Without those under editions that are not usable: nobody knows where they stand."""
        known = [each.edition for each in self.schemes]
        return self._coordinated.filter(edition__in=known)

    @cached_property
    def _coordinated(self) -> QuerySet[Dossier]:
        """Made once: what a person coordinates takes longer to say in SQL than to find. It is narrowed, and never
        read itself."""
        return files_of(self.person, COORDINATOR)

    @property
    def tells_times(self) -> bool:
        """Whether files may be put in the order in which they came to their states."""
        return all(tells_time(scheme, name) for scheme in self.schemes for name in scheme.workflow.states)

    def going_on(self) -> Q:
        return standing_in(self.schemes, lambda state: not state.final)

    def late(self) -> Q:
        return late(self.schemes, self.now)

    def standing(self, state: str) -> Q:
        """Files in `state` as a coordinator knows it: decisions that they are not told of leave files there."""
        found = Q(pk__in=[])
        for scheme in self.schemes:
            names = [each for each in decided_out_of(scheme.edition, state) if _kept(scheme, each)]
            names += [] if _kept(scheme, state) else [state]
            found |= Q(edition=scheme.edition, state__in=names)
        return found

    def latest_first(self, files: QuerySet[Dossier]) -> QuerySet[Dossier]:
        return (
            files.filter(self.late())
            .annotate(late_since=late_since(self.now))
            .order_by("late_since", "number")
        )

    def reviews(self) -> QuerySet[Assignment]:
        """The reviews of its files that are being written."""
        mine = self.files().order_by().values("pk")
        return Assignment.objects.filter(wanted_reviews(self.schemes), dossier__in=mine).order_by()

    def due(self, which: str) -> Q:
        """Reviews that are `overdue`, or due `soon`; all of them for anything else."""
        if which == "overdue":
            return Q(due_at__lt=self.now)
        return Q(due_at__gte=self.now, due_at__lt=self.now + SOON) if which == "soon" else Q()

    def reviewed_by(self, reviewer: UUID | None, which: str) -> Any:
        """Files of which a review is being written, by `reviewer` where one is named."""
        reviews = self.reviews().filter(self.due(which), dossier=OuterRef("pk"))
        return Exists(reviews if reviewer is None else reviews.filter(reviewer=reviewer))


def _kept(scheme: Compiled, state: str) -> bool:
    return kept_from(scheme.edition, state, {COORDINATOR})
