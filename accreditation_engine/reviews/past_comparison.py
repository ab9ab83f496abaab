"""Another rubric against the edition that judged, over dossiers that are stored here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.scoring import ScoreSheet
from accreditation_engine.scoring.what_if import Comparison, RatingMatrix, compare, rescore

from .first_assessments import first_assessments
from .past_ratings import Past

Value = TypeVar("Value")


def past_comparison(
    past: Past,
    rubric: Rubric,
    files: Collection[str] | None = None,
    *,
    names: Mapping[str, str] | None = None,
) -> Comparison:
    """What `rubric` would do to the dossiers of `past`, or to those of these numbers. With `names`, by number, it
    is done to these alone, in their order, and the comparison knows them by these names.

    Growth is counted from the same first assessments on both sides: two queries where one of the rubrics asks for
    it, none where not. Raises RatingProblems.
    """
    ratings = {number: each for number, each in past.ratings.items() if files is None or number in files}
    grows = past.rubric.asks_growth or rubric.asks_growth
    first = _first_sheets(ratings, past.rubric.id) if grows else {}
    if names is not None:
        ratings, first = _called(ratings, names), _called(first, names)
    matrix = RatingMatrix.of(ratings, (each.id for each in past.rubric.every_criterion()))
    before, after = (rescore(each, matrix, first_assessments=first) for each in (past.rubric, rubric))
    return compare(before, after)


def _called(found: Mapping[str, Value], names: Mapping[str, str]) -> dict[str, Value]:
    return {name: found[number] for number, name in names.items() if number in found}


def _first_sheets(files: Collection[str], rubric: str) -> dict[str, ScoreSheet]:
    """By the number of the dossier that grew."""
    numbers = dict(Dossier.objects.filter(number__in=list(files)).values_list("pk", "number"))
    first = first_assessments(list(numbers), rubric)
    return {numbers[dossier]: each.sheet for dossier, each in first.items()}
