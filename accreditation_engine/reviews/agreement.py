"""How far reviewers agree, from the database: for a dossier, and for a scheme by area, criterion and time; and who
is harsher or milder than peers. Reads only.

Only reviews that were sent count. A figure of a dossier can give away what a colleague rated: show it to nobody
who still reviews that dossier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import numpy as np
from django.db.models import Q, QuerySet
from django.utils import timezone

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.models import Scheme
from accreditation_engine.scoring.agreement import (
    Figure,
    Level,
    RatingTable,
    Severity,
    krippendorff_alpha,
    severity,
)

from .given import Given, Numbers, numbers_given

Among = QuerySet[Dossier] | None
"""The dossiers that count; all where it is None."""

RESAMPLES = 500
"""Enough for two digits, for a page with a figure for every criterion."""


@dataclass(frozen=True)
class RubricAgreement:
    """Krippendorff's alpha of all ratings under `rubric`, of each area (with what is beneath it) and of each
    criterion, by id. A unit is one criterion of one dossier.

    The figure of several criteria also counts how criteria differ from each other, which reviewers agree on
    easily; those of single criteria do not. `words` and `elsewhere` are what was left out: see `Numbers`.
    """

    rubric: Rubric
    whole: Figure
    areas: Mapping[str, Figure]
    criteria: Mapping[str, Figure]
    words: int
    elsewhere: int


def dossier_agreement(
    dossier: Dossier, *, level: Level = "ordinal", resamples: int = RESAMPLES
) -> dict[str, RubricAgreement]:
    """By rubric id. In one dossier a criterion is one unit, so its own figure is always undefined. One query."""
    found = numbers_given(dossier.edition_id, Q(assignment__dossier=dossier.pk))
    return {name: _agreement(numbers, level, resamples) for name, numbers in found.items()}


def scheme_agreement(
    scheme: str,
    *,
    level: Level = "ordinal",
    since: datetime | None = None,
    until: datetime | None = None,
    among: Among = None,
    resamples: int = RESAMPLES,
) -> dict[str, RubricAgreement]:
    """By rubric id, over all dossiers of `scheme` or those `among` them, with the areas and criteria of its
    current edition; of reviews sent from `since` on and before `until`. Two queries. Raises
    Scheme.DoesNotExist."""
    found = _of_scheme(scheme, since, until, among)
    return {name: _agreement(numbers, level, resamples) for name, numbers in found.items()}


def agreement_by_month(
    scheme: str, *, level: Level = "ordinal", among: Among = None, resamples: int = RESAMPLES
) -> dict[str, dict[date, Figure]]:
    """By rubric id and by first of the month, in local time, in which the last review of a dossier was sent: the
    alpha of those dossiers. Two queries. Raises Scheme.DoesNotExist."""
    return {
        name: {
            month: krippendorff_alpha(_table(numbers.rubric, given), level, resamples=resamples)
            for month, given in sorted(_by_month(numbers.given).items())
        }
        for name, numbers in _of_scheme(scheme, None, None, among).items()
    }


def reviewers_severity(
    scheme: str, *, since: datetime | None = None, until: datetime | None = None, among: Among = None
) -> dict[str, dict[Hashable, Severity]]:
    """By rubric id and reviewer's id: how each differs from those who rated the same, in points of the scale.
    Two queries. Raises Scheme.DoesNotExist."""
    return {
        name: severity((each.reviewer, each.dossier, each.criterion, each.value) for each in numbers.given)
        for name, numbers in _of_scheme(scheme, since, until, among).items()
    }


def _of_scheme(
    scheme: str, since: datetime | None, until: datetime | None, among: Among
) -> dict[str, Numbers]:
    which = Q(assignment__dossier__scheme=scheme)
    if among is not None:
        which &= Q(assignment__dossier__in=among.values("pk"))
    if since is not None:
        which &= Q(assignment__sent_at__gte=since)
    if until is not None:
        which &= Q(assignment__sent_at__lt=until)
    return numbers_given(Scheme.objects.get(pk=scheme).edition_id, which)


def _agreement(numbers: Numbers, level: Level, resamples: int) -> RubricAgreement:
    """Each figure is of the units of its criteria, of one table that is made once."""
    rubric = numbers.rubric
    units = dict.fromkeys((each.criterion, each.dossier) for each in numbers.given)
    criteria = np.array([criterion for criterion, _ in units], dtype=np.str_)
    table = _table(rubric, numbers.given)

    def alpha(*names: str) -> Figure:
        return krippendorff_alpha(table.only(np.isin(criteria, names)), level, resamples=resamples)

    return RubricAgreement(
        rubric,
        krippendorff_alpha(table, level, resamples=resamples),
        {area.id: alpha(*(each.id for each in area.leaves())) for area in rubric.every_area()},
        {each.id: alpha(each.id) for each in rubric.every_criterion()},
        numbers.words,
        numbers.elsewhere,
    )


def _table(rubric: Rubric, given: list[Given]) -> RatingTable:
    """A unit for each criterion of each dossier, in the order in which they first occur."""
    units: dict[tuple[str, UUID], int] = {}
    people: dict[UUID, int] = {}
    for each in given:
        units.setdefault((each.criterion, each.dossier), len(units))
        people.setdefault(each.reviewer, len(people))
    return RatingTable.pooled(
        np.array([units[each.criterion, each.dossier] for each in given], dtype=np.int64),
        np.array([people[each.reviewer] for each in given], dtype=np.int64),
        np.array([each.value for each in given], dtype=np.float64),
        (float(rubric.scale.minimum), float(rubric.scale.maximum)),
    )


def _by_month(given: list[Given]) -> dict[date, list[Given]]:
    last: dict[UUID, datetime] = {}
    for each in given:
        last[each.dossier] = max(each.sent_at, last.get(each.dossier, each.sent_at))
    months: dict[date, list[Given]] = defaultdict(list)
    for each in given:
        months[timezone.localdate(last[each.dossier]).replace(day=1)].append(each)
    return dict(months)
