"""What reviewers keep by criterion: an edition under which their files are brought must ask these as well."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from accreditation_engine.engine.migrating import keeps_criteria

from .models import Agreed, Finding, Proposal, Rating


def _rated(ids: Collection[UUID]) -> Iterable[Any]:
    rated = Rating.objects.filter(assignment__dossier__in=ids)
    return rated.values_list("assignment__dossier", "rubric", "criterion").distinct()


def _proposed(ids: Collection[UUID]) -> Iterable[Any]:
    return Proposal.objects.filter(dossier__in=ids).values_list("dossier", "rubric", "criterion").distinct()


def _agreed(ids: Collection[UUID]) -> Iterable[Any]:
    return Agreed.objects.filter(dossier__in=ids).values_list("dossier", "rubric", "criterion")


def _found(ids: Collection[UUID]) -> Iterable[Any]:
    return Finding.objects.filter(dossier__in=ids).values_list("dossier", "rubric", "criterion")


def register() -> None:
    keeps_criteria["dossier"] += [_rated, _proposed, _agreed, _found]
