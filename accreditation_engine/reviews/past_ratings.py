"""What all dossiers that were judged under one edition of a rubric were rated, to score them again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef

from accreditation_engine.definitions.editions import from_canonical
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.engine.models import Edition
from accreditation_engine.engine.stored_definitions import find_edition
from accreditation_engine.scoring import Rating as Answer
from accreditation_engine.scoring import combined_ratings, parse_ratings

from .models import Assignment, Rating
from .sheets import SENT, agreed_rating

Row = tuple[str, int, str, str, str | None]
"""Dossier number, assignment, criterion, the rating as it was typed, and what was agreed in its place."""


@dataclass(frozen=True)
class Past:
    """An edition of a rubric, and by dossier number what its reviewers' ratings come to together."""

    hash: str
    rubric: Rubric
    ratings: dict[str, dict[str, Answer]]


def past_ratings(rubric: str, wanted: str) -> Past:
    """The ratings of all dossiers whose reviews under that edition of `rubric` are all sent.

    `wanted` is the edition's label, or the beginning of its hash. Three queries, however many dossiers there
    are. Raises NoSuchEdition.
    """
    edition = find_edition(rubric, wanted)
    definition = from_canonical(bytes(edition.content))
    assert isinstance(definition, Rubric)  # noqa: S101 - editions of kind rubric hold rubrics
    return Past(
        edition.hash, definition, _combined(definition, _rows(definition.asked_as, _schemes(edition)))
    )


def _schemes(edition: Edition) -> list[str]:
    """The editions of workflows that pin this one of a rubric."""
    stored = Edition.objects.filter(kind="workflow").values_list("hash", "content")
    return [key for key, content in stored if edition.hash in json.loads(bytes(content))["pins"].values()]


def _rows(rubric: str, schemes: list[str]) -> Iterator[Row]:
    unsent = Assignment.objects.filter(
        dossier=OuterRef("assignment__dossier"), sent_at=None, released_at=None
    )
    rated = Rating.objects.filter(
        SENT, ~Exists(unsent), assignment__dossier__edition__in=schemes, rubric=rubric
    ).order_by("assignment__dossier__number", "assignment_id")
    fields = ("assignment__dossier__number", "assignment_id", "criterion", "value", "agreed")
    yield from rated.annotate(agreed=agreed_rating()).values_list(*fields).iterator(chunk_size=20_000)


def _combined(rubric: Rubric, rows: Iterable[Row]) -> dict[str, dict[str, Answer]]:
    """As `combined_ratings`, which is asked once for each criterion and set of answers: there are few."""

    @cache
    def together(criterion: str, answers: tuple[str, ...]) -> Answer | None:
        typed = [parse_ratings(rubric, {criterion: each}) for each in answers]
        return combined_ratings(rubric, typed).get(criterion)

    known = {each.id for each in rubric.every_criterion()}
    return {
        number: _of_dossier([row for row in each if row[2] in known], together)
        for number, each in groupby(rows, key=lambda row: row[0])
    }


def _of_dossier(rows: list[Row], together: Any) -> dict[str, Answer]:
    reviewers = {row[1] for row in rows}
    answers: dict[str, list[str]] = {}
    agreed = {}
    for _, _, criterion, value, standing in rows:
        answers.setdefault(criterion, []).append(value)
        if standing is not None:
            agreed[criterion] = (standing,)
    found = {
        criterion: together(criterion, agreed.get(criterion) or tuple(sorted(values)))
        for criterion, values in answers.items()
        if len(values) == len(reviewers)
    }
    return {criterion: answer for criterion, answer in found.items() if answer is not None}
