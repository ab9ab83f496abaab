"""The pool of a draw: everybody who reviews under the scheme, with what is known of each before one dossier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q
from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.registry import sends_reviews
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.roles import granted_people
from accreditation_engine.reviews.due import due_at
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.queue.places import CHOSEN, standing_before
from accreditation_engine.reviews.queue.waiting import every_scheme
from accreditation_engine.reviews.rules import reviewers_unfit

from .fitness import Against, Known, Wanted, reasons_against
from .models import Leave, ReviewerProfile


@dataclass(frozen=True)
class Candidate:
    """A reviewer before a dossier, with all that keeps them out of its draw. `leave` is the next one, or the one
    that goes on; `last` when they last sent a review, whosever it was."""

    person: User
    profile: ReviewerProfile
    load: int
    against: Sequence[Against]
    leave: tuple[date, date] | None
    last: datetime | None

    @property
    def fit(self) -> bool:
        return not self.against

    @property
    def askable(self) -> bool:
        """Whether a coordinator may choose them by hand: what bars no review bars nobody there."""
        return not {each["code"] for each in self.against} & BARRING


BARRING = frozenset({"no_reviewer", "assigned_already", "has_interest"})
"""Codes of `reviewers_unfit`: with one of these nobody reviews the dossier at all."""


def pool_of(dossier: Dossier) -> list[Candidate]:
    """Everybody who reviews under the scheme, by name. Five queries, however many people."""
    people = list(reviewers_of(dossier.scheme))
    wanted, tallies, leaves = wanted_by(dossier), _tallies(dossier, people), leaves_of(people)
    barred = reviewers_unfit(dossier, people)
    found = []
    for person in people:
        profile, tally = profile_with(person), tallies.get(person.pk, {})
        away = leaves.get(person.pk, [])
        known = Known(
            barred=[nameless(each) for each in barred[person.pk]],
            takes=takes_of(profile),
            load=tally.get("load", 0),
            most=profile.most,
            away=away,
            ended=bool(tally.get("ended")) and not tally["standing"],
            reviewed_before=bool(tally.get("before")),
        )
        against, last = reasons_against(known, wanted), tally.get("last")
        found.append(Candidate(person, profile, known.load, against, away[0] if away else None, last))
    return found


def reviewers_of(scheme: str) -> Any:
    """Everybody who reviews under the scheme, by name, with their profiles."""
    return granted_people("reviewer", scheme).select_related("reviewer_profile").order_by("name", "pk")


def wanted_by(dossier: Dossier) -> Wanted:
    whose, now = dossier.organisation, timezone.now()
    due, reviewing = due_at(dossier, now), compiled(dossier.edition_id).workflow.reviewing
    today = timezone.localdate(now)
    return Wanted(
        language=whose.language,
        sector=whose.sector,
        country=whose.country,
        today=today,
        until=today if due is None else max(today, timezone.localdate(due)),
        not_twice=reviewing is not None and reviewing.draw.not_twice,
    )


def profile_with(person: User) -> ReviewerProfile:
    """Of a person that was loaded with it."""
    found: ReviewerProfile | None = getattr(person, "reviewer_profile", None)
    return found or ReviewerProfile(person=person)


def takes_of(profile: ReviewerProfile) -> Mapping[str, Sequence[str]]:
    return {"language": profile.languages, "sector": profile.sectors, "country": profile.countries}


def nameless(reason: Reason) -> Against:
    """As the trail keeps it: whose reason it is stands beside."""
    return {key: value for key, value in reason.as_data().items() if key != "name"}


def leaves_of(people: Collection[User]) -> dict[UUID, list[tuple[date, date]]]:
    """Leave that goes on or lies ahead, the earliest first. One query."""
    found = defaultdict(list)
    ahead = Leave.objects.filter(person__in=people, cancelled_at=None, ends_on__gte=timezone.localdate())
    for person, begins, ends in ahead.values_list("person", "begins_on", "ends_on"):
        found[person].append((begins, ends))
    return found


def loads_of(people: Collection[User]) -> dict[UUID, int]:
    """How many reviews each is writing. Two queries."""
    rows = Assignment.objects.filter(wanted_reviews(every_scheme()), reviewer__in=people).order_by()
    return dict(rows.values("reviewer").annotate(load=Count("pk")).values_list("reviewer", "load"))


def wanted_reviews(schemes: Collection[Compiled]) -> Q:
    """Assignments whose reviews are still being written: not sent, not over, of dossiers that wait for them."""
    waits = standing_before(schemes, CHOSEN | sends_reviews, prefix="dossier__")
    return waits & Q(sent_at=None, released_at=None)


def _tallies(dossier: Dossier, people: Collection[User]) -> Mapping[UUID, Mapping[str, Any]]:
    """By reviewer what their assignments come to. Two queries."""
    here, whose = Q(dossier=dossier.pk), Q(dossier__organisation=dossier.organisation_id)
    given = Q(sent_at__isnull=False, released_at=None)
    rows = Assignment.objects.filter(reviewer__in=people).order_by().values("reviewer")
    counted = rows.annotate(
        load=Count("pk", filter=wanted_reviews(every_scheme())),
        standing=Count("pk", filter=here & Q(released_at=None)),
        ended=Count("pk", filter=here & Q(released_at__isnull=False)),
        before=Count("pk", filter=whose & ~here & given),
        last=Max("sent_at", filter=given),
    )
    return {row["reviewer"]: row for row in counted}
