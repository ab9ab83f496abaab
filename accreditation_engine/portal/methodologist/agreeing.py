"""How far the reviewers of a scheme agree, with what each figure was made from and how it is to be read."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accreditation_engine.definitions.rubric import Area, Criterion
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.agreement_words import (
    PLACES,
    cells,
    figure_in_words,
    figures_table,
    named,
)
from accreditation_engine.portal.dossier.places import numbered
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.reviews.agreement import (
    RubricAgreement,
    agreement_by_month,
    reviewers_severity,
    scheme_agreement,
)
from accreditation_engine.scoring.agreement import (
    Figure,
    Severity,
    cautions_in_words,
    severity_in_words,
)


def agreement(scheme: str) -> list[dict[str, Any]]:
    """For each rubric under which anybody rated. Seven queries, however many reviews there are."""
    months, severities = agreement_by_month(scheme), reviewers_severity(scheme)
    found = scheme_agreement(scheme)
    people = User.objects.in_bulk({each for some in severities.values() for each in some})
    return [
        {
            **figure_in_words(each),
            **_tables(each),
            "months": _months(months[name]),
            "severities": _severities(severities[name], people),
        }
        for name, each in found.items()
        if each.whole.undefined != "no_ratings"
    ]


def _tables(found: RubricAgreement) -> dict[str, dict[str, Any]]:
    """Every area, and every criterion, in the order of the rubric, each for parts/table.html."""
    figures = {**found.areas, **found.criteria}
    rows: dict[type, list[dict[str, Any]]] = {Area: [], Criterion: []}
    for number, each in numbered(found.rubric):
        rows[type(each)].append({"cells": [named(number, each), *cells(figures[each.id])]})
    return {
        "areas": figures_table(_("By area"), _("Area"), rows[Area]),
        "criteria": figures_table(_("By criterion"), _("Criterion"), rows[Criterion]),
    }


def _months(found: Mapping[date, Figure]) -> dict[str, Any]:
    """For parts/table.html."""
    rows = [
        {"cells": [{"value": date_format(month, "YEAR_MONTH_FORMAT")}, *cells(each)]}
        for month, each in found.items()
    ]
    return figures_table(_("By month of the last review"), _("Month"), rows)


def _severities(found: Mapping[Hashable, Severity], people: Mapping[Any, User]) -> list[dict[str, Any]]:
    """The harshest first."""
    ordered: Iterable[Severity] = sorted(found.values(), key=lambda each: each.difference)
    return [
        {
            "name": people[each.reviewer].name,
            "badge": _direction(each.direction),
            "words": severity_in_words(each, language(), places=PLACES),
            "cautions": cautions_in_words(each, language()),
        }
        for each in ordered
        if each.reviewer in people
    ]


def _direction(direction: str) -> dict[str, str]:
    titles = {"harsher": _("Harsher"), "milder": _("Milder"), "unclear": _("No clear difference")}
    tone = "neutral" if direction == "unclear" else "warning"
    return {"title": titles[direction], "tone": tone, "icon": "info"}
