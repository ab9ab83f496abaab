"""What is kept by criterion around reviews: an edition under which files are brought must ask these as well."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from accreditation_engine.engine.migrating import KeysKept, keeps_criteria

from .models import Agreed, Finding, Proposal, Rating
from .questions.models import Question
from .report.models import Contest


def _rated(ids: Collection[UUID]) -> QuerySet[Any, Any]:
    rated = Rating.objects.filter(assignment__dossier__in=ids)
    return rated.values_list("assignment__dossier", "rubric", "criterion")


def _said(model: type[Model]) -> KeysKept:
    """Of one criterion of a dossier; a question or a point about all of it names none."""

    def keys(ids: Collection[UUID]) -> QuerySet[Any, Any]:
        said = model._default_manager.filter(dossier__in=ids).exclude(criterion="")
        return said.values_list("dossier", "rubric", "criterion")

    return keys


def register() -> None:
    said = (_said(model) for model in (Proposal, Agreed, Finding, Question, Contest))
    keeps_criteria["dossier"] += [_rated, *said]
