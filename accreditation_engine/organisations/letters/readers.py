"""Who is written to: for each role a query that finds its people for thousands of subjects in one statement."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet

from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.models import Subject

from ..models import RoleGrant
from ..roles import in_force, working

Query = Callable[[type[Subject]], QuerySet[Any, Any]]
"""For a model of subjects: rows that have `who` (a person's id) and `digest` (how often they want mail) for the
subject of the query around it."""


@dataclass(frozen=True)
class Addressee:
    person: UUID
    digest: str


_queries: dict[str, Query] = {}


def reached_by(role: str) -> Callable[[Query], Query]:
    """Register the function below as the query for `role`. All other roles are reached by their grants."""

    def register(query: Query) -> Query:
        _queries[role] = query
        return query

    return register


def people_by_subject(
    model: type[Subject], role: str, subjects: Collection[UUID]
) -> dict[UUID, list[Addressee]]:
    """Who plays `role` for each of `subjects` now and can sign in, by the ids of the subjects. One query."""
    query = _queries.get(role)
    rows = query(model) if query else granted_for(model, role)
    found = model._default_manager.filter(pk__in=list(subjects)).annotate(reached=Rows(rows, "who", "digest"))
    return {pk: list(_addressees(reached)) for pk, reached in found.values_list("pk", "reached")}


def _addressees(reached: list[dict[str, str]]) -> Iterator[Addressee]:
    """Each person once, whatever number of grants they hold."""
    yield from {UUID(each["who"]): Addressee(UUID(each["who"]), each["digest"]) for each in reached}.values()


def granted_for(model: type[Subject], role: str) -> QuerySet[Any, Any]:
    own = Q(scheme="") | Q(scheme=OuterRef(model.scheme_path))
    grants = RoleGrant.objects.filter(in_force(), own, role=role, user__is_active=True)
    return grants.annotate(who=F("user_id"), digest=F("user__digest"))


@reached_by("applicant")
def members_for(model: type[Subject]) -> QuerySet[Any, Any]:
    """Readers are not written to: letters ask for something."""
    current = working().filter(user__is_active=True)
    own = current.filter(organisation=OuterRef(model.organisation_path))
    return own.annotate(who=F("user_id"), digest=F("user__digest"))
