"""What is kept by criterion around reviews: an edition under which files are brought must ask these as well."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accreditation_engine.engine.migrating import keeps_criteria

from .models import Agreed, Finding, Proposal, Rating
from .questions.models import Question
from .report.models import Contest


def _rated(ids: Collection[UUID]) -> QuerySet[Any, Any]:
    rated = Rating.objects.filter(assignment__dossier__in=ids)
    return rated.values_list("assignment__dossier", "rubric", "criterion")


def _proposed(ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return Proposal.objects.filter(dossier__in=ids).values_list("dossier", "rubric", "criterion")


def _agreed(ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return Agreed.objects.filter(dossier__in=ids).values_list("dossier", "rubric", "criterion")


def _found(ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return Finding.objects.filter(dossier__in=ids).values_list("dossier", "rubric", "criterion")


def _asked(ids: Collection[UUID]) -> QuerySet[Any, Any]:
    asked = Question.objects.filter(dossier__in=ids).exclude(criterion="")
    return asked.values_list("dossier", "rubric", "criterion")


def _contested(ids: Collection[UUID]) -> QuerySet[Any, Any]:
    contested = Contest.objects.filter(dossier__in=ids).exclude(criterion="")
    return contested.values_list("dossier", "rubric", "criterion")


def register() -> None:
    keeps_criteria["dossier"] += [_rated, _proposed, _agreed, _found, _asked, _contested]
