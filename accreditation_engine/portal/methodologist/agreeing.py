"""How far the reviewers of a scheme agree, with what each figure was made from and how it is to be read."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accreditation_engine.definitions.rubric import Area, Criterion
from accreditation_engine.engine.isolates import POP
from accreditation_engine.organisations.models import User
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
    name_of,
    reliability,
    reliability_in_words,
    severity_in_words,
    why_undefined,
)
from accreditation_engine.scoring.agreement.words import shown_number

from .places import numbered

PLACES = 2
FROM_LEFT = "\u2066"


def agreement(scheme: str) -> list[dict[str, Any]]:
    """For each rubric under which anybody rated. Seven queries, however many reviews there are."""
    months, severities = agreement_by_month(scheme), reviewers_severity(scheme)
    found = scheme_agreement(scheme)
    people = User.objects.in_bulk({each for some in severities.values() for each in some})
    return [
        {
            **_rubric(each),
            "months": _months(months[name]),
            "severities": _severities(severities[name], people),
        }
        for name, each in found.items()
        if each.whole.undefined != "no_ratings"
    ]


def _rubric(found: RubricAgreement) -> dict[str, Any]:
    whole, tongue = found.whole, language()
    allows = reliability(whole)
    undefined = why_undefined(whole, tongue)
    return {
        "title": found.rubric.title.in_language(tongue),
        "stats": _stats(whole),
        "undefined": _("Agreement is undefined, because %(why)s.") % {"why": undefined} if undefined else "",
        "allows": reliability_in_words(allows, tongue) if allows else "",
        "tone": "success" if allows == "reliable" else "warning",
        "cautions": cautions_in_words(whole, tongue),
        **_tables(found),
        "words": found.words,
        "elsewhere": found.elsewhere,
    }


def _stats(figure: Figure) -> list[dict[str, Any]]:
    """For parts/stats.html."""
    limits = _interval(figure)
    without = "" if figure.value is None else _("without a confidence interval")
    note = _("95%% confidence: %(limits)s") % {"limits": limits} if limits else without
    return [
        {"title": name_of(figure, language()), "value": _value(figure), "note": note},
        {"title": _("Units rated by two or more"), "value": figure.units},
        {"title": _("Reviewers"), "value": figure.raters},
        {"title": _("Ratings compared"), "value": figure.values},
    ]


def _tables(found: RubricAgreement) -> dict[str, dict[str, Any]]:
    """Every area, and every criterion, in the order of the rubric, each for parts/table.html."""
    figures = {**found.areas, **found.criteria}
    rows: dict[type, list[dict[str, Any]]] = {Area: [], Criterion: []}
    for number, each in numbered(found.rubric):
        rows[type(each)].append({"cells": [_named(number, each), *_cells(figures[each.id])]})
    return {
        "areas": _figures(_("By area"), _("Area"), rows[Area]),
        "criteria": _figures(_("By criterion"), _("Criterion"), rows[Criterion]),
    }


def _months(found: Mapping[date, Figure]) -> dict[str, Any]:
    """For parts/table.html."""
    rows = [
        {"cells": [{"value": date_format(month, "YEAR_MONTH_FORMAT")}, *_cells(each)]}
        for month, each in found.items()
    ]
    return _figures(_("By month of the last review"), _("Month"), rows)


def _figures(caption: str, first: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    numbers = (_("Agreement"), _("Confidence interval"), _("Units"), _("Reviewers"), _("Ratings"))
    return {
        "caption": caption,
        "columns": [{"title": first}, *({"title": each, "kind": "number"} for each in numbers)],
        "rows": rows,
    }


def _named(number: str, part: Area | Criterion) -> dict[str, Any]:
    return {"value": f"{number}{'.' if isinstance(part, Area) else ''} {part.title.in_language(language())}"}


def _cells(figure: Figure) -> list[dict[str, Any]]:
    return [
        {"value": _value(figure), "kind": "number", "note": _remark(figure)},
        {"value": _interval(figure)},
        *({"value": each, "kind": "number"} for each in (figure.units, figure.raters, figure.values)),
    ]


def _value(figure: Figure) -> str:
    return _("undefined") if figure.value is None else shown_number(figure.value, PLACES)


def _interval(figure: Figure) -> str:
    found = figure.interval
    if found is None:
        return ""
    return f"{FROM_LEFT}{shown_number(found.low, PLACES)} – {shown_number(found.high, PLACES)}{POP}"


def _remark(figure: Figure) -> str:
    """Why there is no figure, or in a few words why it is to be read with care."""
    if figure.undefined:
        return why_undefined(figure, language())
    short = {
        "few_units": _("few units"),
        "narrow_range": _("narrow range"),
        "one_value_dominates": _("one rating dominates"),
        "no_disagreement": _("no disagreement seen"),
    }
    return _(", ").join(short.get(each.code, each.code) for each in figure.cautions)


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
