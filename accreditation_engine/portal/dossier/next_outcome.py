"""What is missing for a better outcome: the reasons against it, and the cheapest ratings that would lead to it.

It takes a third of a second for 60 criteria, so it has a page of its own and is worked out for nobody else.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.definitions.rubric import Outcome, Rubric
from accreditation_engine.reviews.judged import Judged, judged_of
from accreditation_engine.scoring import Rating, ScoreSheet, in_words, reasons_against
from accreditation_engine.scoring.next_steps import NextSteps, Raise, steps_from
from accreditation_engine.scoring.next_steps.words import way_in_words
from accreditation_engine.scoring.rounding import plain, rounded

from .reader import Reader, language
from .rubrics import given, sections_of


def next_outcomes(reader: Reader) -> list[dict[str, Any]]:
    """One for each rubric under which something was rated. One query, and one for each rubric that asks for
    growth."""
    return [_next(each) for each in judged_of(reader.dossier).values() if each.sheet.ratings]


def next_better(sheet: ScoreSheet) -> Outcome | None:
    """The outcome directly above the one that `sheet` came to; None at the top, and while ratings are missing."""
    outcomes = sheet.rubric.outcomes
    places = {each.outcome: place for place, each in enumerate(outcomes)}
    above = (places[sheet.outcome] if sheet.outcome else len(outcomes)) - 1
    return outcomes[above] if sheet.complete and above >= 0 else None


def _next(judged: Judged) -> dict[str, Any]:
    sheet, first = judged.sheet, judged.first.sheet if judged.first else None
    better, rubric = next_better(sheet), sheet.rubric
    against = reasons_against(sheet, better.outcome, first_assessment=first) if better else sheet.reasons
    steps = steps_from(sheet, first_assessment=first)
    titles = {each.outcome: each.title.in_language(language()) for each in rubric.outcomes}
    return {
        "id": f"rubric-{rubric.id}",
        "title": rubric.title.in_language(language()),
        "percent": sheet.percent,
        "outcome": titles.get(sheet.outcome or "", ""),
        "better": titles[better.outcome] if better else "",
        "against": [in_words(each, rubric, language()) for each in against if not each.holds],
        "way": way_in_words(steps, language()),
        "raises": _raises(steps) if steps.raises else None,
    }


def _raises(steps: NextSteps) -> dict[str, Any]:
    """For parts/table.html."""
    numbers = {
        criterion.id: number
        for section in sections_of(steps.rubric)
        for number, criterion in section.criteria
    }
    titles = {each.id: each.title.in_language(language()) for each in steps.rubric.every_criterion()}
    return {
        "caption": _("Ratings to be raised, the smallest raise first"),
        "hide_caption": True,
        "columns": [
            {"title": _("Criterion")},
            {"title": _("Rating that counts")},
            {"title": _("To be raised to")},
            {"title": _("Points more"), "kind": "number"},
        ],
        "rows": [
            _row(each, f"{numbers[each.criterion]} {titles[each.criterion]}", steps.rubric)
            for each in steps.raises
        ],
    }


def _row(step: Raise, title: str, rubric: Rubric) -> dict[str, Any]:
    cells = [given(rubric, _as_typed(rating, rubric)) for rating in (step.now, step.to)]
    points = {"value": _as_typed(step.points, rubric), "kind": "number"}
    shown = [{"value": each["rating"], "note": each["anchor"]} for each in cells]
    return {"cells": [{"value": title}, *shown, points]}


def _as_typed(rating: Rating, rubric: Rubric) -> str:
    """A word as it is; a number whole where it is, else as the rubric rounds."""
    if isinstance(rating, str):
        return rating
    exact = Fraction(rating)
    return str(exact) if exact.denominator == 1 else plain(rounded(exact, rubric.rounding))
