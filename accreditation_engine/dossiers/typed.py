"""What people type: checked, and brought to the one form in which it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from accreditation_engine.definitions.base import as_text
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.scoring import RatingProblem, RatingProblems, parse_ratings
from accreditation_engine.trail.salted import salted_digest

Criterion = tuple[str, str]
"""Rubric id and criterion id."""


def rating_problems(scheme: Compiled, ratings: Mapping[Criterion, str]) -> list[Reason]:
    """What is wrong with ratings as typed, all at once; blank ones are fine."""
    reasons = []
    for rubric_id, typed in by_rubric(ratings).items():
        rubric = scheme.asked.get(rubric_id)
        if rubric is None:
            reasons.append(Reason("unknown_rubric", {"rubric": rubric_id}))
            continue
        try:
            parse_ratings(rubric, typed)
        except RatingProblems as found:
            reasons += [bad_rating(each) for each in found.problems]
    return reasons


def kept_ratings(scheme: Compiled, ratings: Mapping[Criterion, str]) -> dict[Criterion, str]:
    """Ratings without problems as they are kept: one number is one text ("٣", "3.0" and "3" are "3"), "" is
    open."""
    kept = {}
    for rubric_id, typed in by_rubric(ratings).items():
        parsed = parse_ratings(scheme.rubrics[rubric_id], typed)
        for criterion in typed:
            value = parsed.get(criterion, "")
            kept[rubric_id, criterion] = as_text(value) if isinstance(value, Decimal) else str(value)
    return kept


def unlike_texts(texts: Mapping[Criterion, str]) -> list[Reason]:
    """What is wrong with what was written beside ratings: a reason for each that nobody would read to the end."""
    return [
        Reason("entry_too_long", {**each.parameters, "criterion": criterion})
        for (_, criterion), text in texts.items()
        for each in unlike_text(text)
    ]


def text_digests(texts: Mapping[Criterion, str], salts: Mapping[Criterion, str]) -> dict[str, dict[str, str]]:
    """What an event says of texts that lie in rows: the salted digest of each that is not empty, by rubric and
    criterion."""
    return by_rubric({key: salted_digest(salts[key], text) for key, text in texts.items() if text})


def bad_rating(problem: RatingProblem) -> Reason:
    return Reason(
        "bad_rating",
        {
            "problem": problem.code,
            "criterion": problem.criterion,
            "values": dict(problem.parameters),
            "also": list(problem.also),
        },
    )


def by_rubric(values: Mapping[Criterion, Any]) -> dict[str, dict[str, Any]]:
    """{(rubric, criterion): value} as {rubric: {criterion: value}}."""
    grouped: dict[str, dict[str, Any]] = {}
    for (rubric, criterion), value in values.items():
        grouped.setdefault(rubric, {})[criterion] = value
    return grouped
