"""What the reviewers gave, side by side, for those who may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Answer
from accreditation_engine.dossiers.queries import answers_of
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.queries import assignments_of

from .reader import Reader, language
from .rubrics import Key, Section, all_sections, given


def rating_tables(reader: Reader) -> list[dict[str, Any]]:
    """A table for each area, for parts/table.html: the organisation's own rating, then each review that was
    sent. Three queries."""
    answers = answers_of(reader.dossier) if reader.sees("answers") else {}
    reviews = list(assignments_of(reader.dossier.pk).exclude(sent_at=None).prefetch_related("ratings"))
    rated = [
        {(each.rubric, each.criterion): each.value for each in review.ratings.all()} for review in reviews
    ]
    return [_table(each, answers, reviews, rated) for each in all_sections(reader.scheme)] if reviews else []


def _table(
    section: Section,
    answers: Mapping[Key, Answer],
    reviews: Sequence[Assignment],
    rated: Sequence[Mapping[Key, str]],
) -> dict[str, Any]:
    return {
        "caption": f"{section.number}. {section.title}",
        "rubric": section.rubric.title.in_language(language()),
        "columns": [
            {"title": _("Criterion")},
            {"title": _("The organisation itself")},
            *({"title": str(each.reviewer)} for each in reviews),
        ],
        "rows": [_row(section, number, criterion, answers, rated) for number, criterion in section.criteria],
    }


def _row(
    section: Section,
    number: str,
    criterion: Any,
    answers: Mapping[Key, Answer],
    rated: Sequence[Mapping[Key, str]],
) -> dict[str, Any]:
    key = (section.rubric.id, criterion.id)
    own = answers[key].rating if key in answers else ""
    values = [each.get(key, "") for each in rated]
    cells = [_cell(section, value) for value in (own, *values)]
    title = criterion.title.in_language(language())
    return {"cells": [{"value": f"{number} {title}"}, *cells]}


def _cell(section: Section, value: str) -> dict[str, Any]:
    shown = given(section.rubric, value)
    return {"value": shown["rating"], "note": shown["anchor"]}
