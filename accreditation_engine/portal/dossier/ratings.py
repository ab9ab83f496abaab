"""What the reviewers gave, side by side, and what was agreed in its place, for those who may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Answer
from accreditation_engine.dossiers.queries import answers_of
from accreditation_engine.reviews.models import Assignment

from .anonymous import reviewers_called
from .reader import Reader, language
from .rubrics import Key, Section, all_sections, given
from .settled import Cell


def rating_tables(
    reader: Reader, all_reviews: Sequence[Assignment], agreed: Mapping[Key, Cell]
) -> list[dict[str, Any]]:
    """A table for each area, for parts/table.html: the organisation's own rating, then each review that was
    sent, with the ratings at hand, then what was agreed where anything was, or has to be. One query."""
    answers = answers_of(reader.dossier) if reader.sees("answers") else {}
    reviews = [each for each in all_reviews if each.sent_at]
    rated = [
        {(each.rubric, each.criterion): each.value for each in review.ratings.all()} for review in reviews
    ]
    sections = all_sections(reader.scheme) if reviews else []
    called = list(reviewers_called(reader, reviews).values())
    return [_table(each, answers, called, rated, agreed) for each in sections]


def _table(
    section: Section,
    answers: Mapping[Key, Answer],
    called: Sequence[str],
    rated: Sequence[Mapping[Key, str]],
    agreed: Mapping[Key, Cell],
) -> dict[str, Any]:
    some = any(key in agreed for key in section.keys)
    rows = []
    for number, criterion in section.criteria:
        row = _row(section, number, criterion, answers, rated)
        last = [agreed.get((section.rubric.id, criterion.id), {"value": ""})] if some else []
        rows.append({"cells": [*row, *last]})
    return {
        "caption": f"{section.number}. {section.title}",
        "tight": True,
        "rubric": section.rubric.title.in_language(language()),
        "columns": [
            {"title": _("Criterion")},
            {"title": _("The organisation itself")},
            *({"title": each} for each in called),
            *([{"title": _("Agreed rating")}] if some else []),
        ],
        "rows": rows,
    }


def _row(
    section: Section,
    number: str,
    criterion: Any,
    answers: Mapping[Key, Answer],
    rated: Sequence[Mapping[Key, str]],
) -> list[Cell]:
    key = (section.rubric.id, criterion.id)
    own = answers[key].rating if key in answers else ""
    values = [each.get(key, "") for each in rated]
    cells = [_cell(section, value) for value in (own, *values)]
    title = criterion.title.in_language(language())
    return [{"value": f"{number} {title}"}, *cells]


def _cell(section: Section, value: str) -> Cell:
    shown = given(section.rubric, value)
    return {"value": shown["rating"], "note": shown["anchor"]}
