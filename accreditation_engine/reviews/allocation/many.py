"""Drawing reviewers for many dossiers, one after the other: each draw counts what those before have given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import schemes_in_use
from accreditation_engine.engine.acting import Person
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.organisations.roles import in_force
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.queue.places import CHOSEN, places_of, standing_before, taken

from .drawing import Outcome, draw_reviewers
from .fitness import Known, reasons_against
from .pool import leaves_of, loads_of, profile_with, takes_of, wanted_by


@dataclass(frozen=True)
class Drawing:
    """What became of one dossier: an `outcome`, or a refusal."""

    dossier: Dossier
    outcome: Outcome | None = None
    refused: Refused | None = None


def draw_for_many(*, dossiers: Iterable[tuple[Dossier, int]], by: Person) -> list[Drawing]:
    """Draw for each dossier that comes with how many assignments its drawer knows of; each by itself, so that one
    that is refused takes nothing from the others."""
    found = []
    for dossier, so_far in dossiers:
        try:
            found.append(Drawing(dossier, draw_reviewers(dossier=dossier, by=by, so_far=so_far)))
        except Refused as refused:
            found.append(Drawing(dossier, refused=refused))
    return found


def choosing(dossiers: QuerySet[Dossier]) -> QuerySet[Any]:
    """Those of `dossiers` for which reviewers are chosen now, by schemes that say how many; with `places`, `taken`
    and `so_far`, how many assignments there ever were. Those that came first are first. One query more."""
    schemes = [each for each in schemes_in_use(dossiers) if places_of(each)]
    chosen = standing_before(schemes, CHOSEN)
    places = [When(edition=each.edition, then=Value(places_of(each))) for each in schemes]
    number = Case(*places, default=Value(0), output_field=IntegerField())
    rows = dossiers.filter(chosen).annotate(places=number, taken=taken(), so_far=ever())
    return rows.order_by("entered_at", "number")


def open_for_draws(dossiers: QuerySet[Dossier]) -> QuerySet[Any]:
    """Those of `choosing` that have an open place."""
    return choosing(dossiers).filter(taken__lt=F("places"))


def ever() -> Coalesce:
    """In SQL, how many assignments a dossier has had."""
    rows = Assignment.objects.filter(dossier=OuterRef("pk")).order_by()
    counted = rows.values("dossier").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def prospects(dossiers: Sequence[Dossier]) -> dict[UUID, int]:
    """How many reviewers would be in the draw of each of `dossiers`, which are loaded with their organisations:
    by what they take, have and had. Interests are looked at when it is drawn. Six queries, however many."""
    under = _reviewers_by_scheme({each.scheme for each in dossiers})
    people = list({each.pk: each for group in under.values() for each in group}.values())
    leaves, loads, met = leaves_of(people), loads_of(people), _met(dossiers)
    found = {}
    for dossier in dossiers:
        wanted = wanted_by(dossier)
        found[dossier.pk] = sum(
            not met[dossier.pk, each.pk]
            and not (wanted.not_twice and met[dossier.organisation_id, each.pk])
            and not reasons_against(
                Known(
                    takes=takes_of(profile_with(each)),
                    load=loads.get(each.pk, 0),
                    most=profile_with(each).most,
                    away=leaves.get(each.pk, []),
                ),
                wanted,
            )
            for each in under[dossier.scheme]
        )
    return found


def _reviewers_by_scheme(schemes: Iterable[str]) -> dict[str, list[User]]:
    """One query."""
    grants = RoleGrant.objects.filter(in_force(), role="reviewer", user__is_active=True)
    rows = grants.filter(scheme__in=[*schemes, ""]).select_related("user__reviewer_profile")
    granted = [(each.scheme, each.user) for each in rows]
    return {
        scheme: list({user.pk: user for name, user in granted if name in ("", scheme)}.values())
        for scheme in schemes
    }


def _met(dossiers: Sequence[Dossier]) -> dict[tuple[UUID, UUID], bool]:
    """Which reviewers ever had which of `dossiers`, by its id, and which reviewed a dossier of which of their
    organisations, by its id. One query."""
    keys, whose = {each.pk for each in dossiers}, {each.organisation_id for each in dossiers}
    rows = Assignment.objects.filter(Q(dossier__in=keys) | Q(dossier__organisation__in=whose))
    found: dict[tuple[UUID, UUID], bool] = defaultdict(bool)
    columns = ("dossier", "dossier__organisation", "reviewer", "sent_at", "released_at")
    for dossier, organisation, reviewer, sent_at, released_at in rows.values_list(*columns):
        found[dossier, reviewer] = True
        if sent_at and not released_at:
            found[organisation, reviewer] = True
    return found
