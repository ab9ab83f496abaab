"""How much each reviewer has to do in the files of a season."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.allocation.pool import loads_of, profile_with
from accreditation_engine.reviews.allocation.profiles import reviewers_under, schemes_granted

from .files import Season
from .late import COORDINATOR


@dataclass(frozen=True)
class Load:
    """Reviews being written: `open_`, of them due `soon` and `overdue`, in the files of the season; `all_` of any
    scheme, of which the cap `most` speaks. `holds` says whether the person still has the role."""

    person: User
    open_: int
    soon: int
    overdue: int
    all_: int
    most: int | None
    holds: bool


def loads_in(season: Season) -> list[Load]:
    """Of everybody who reviews under its schemes or has a review of its files, those with most overdue first. Five
    queries, however many they are."""
    counted = _counted(season)
    granted = reviewers_under(schemes_granted(season.person, COORDINATOR))
    reviewing = granted.order_by().values("pk")
    people: list[Any] = list(
        User.objects.filter(Q(pk__in=reviewing) | Q(pk__in=counted))
        .annotate(holds=ExpressionWrapper(Q(pk__in=reviewing), output_field=BooleanField()))
        .select_related("reviewer_profile")
        .order_by("name", "pk")
    )
    everywhere = loads_of(people)
    loads = [
        Load(
            each,
            *counted.get(each.pk, (0, 0, 0)),
            everywhere.get(each.pk, 0),
            profile_with(each).most,
            each.holds,
        )
        for each in people
    ]
    return sorted(loads, key=lambda each: (-each.overdue, -each.open_, -each.all_))


def _counted(season: Season) -> dict[UUID, tuple[int, int, int]]:
    rows = season.reviews().values("reviewer")
    counted = rows.annotate(
        open_=Count("pk"),
        soon=Count("pk", filter=season.due("soon")),
        overdue=Count("pk", filter=season.due("overdue")),
    )
    return {row["reviewer"]: (row["open_"], row["soon"], row["overdue"]) for row in counted}
