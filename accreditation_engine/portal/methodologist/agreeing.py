"""How far the reviewers of a scheme agree, with what each figure was made from and how it is to be read."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.definitions.rubric import Area, Criterion
from accreditation_engine.dossiers.decided import decided
from accreditation_engine.dossiers.models import Dossier
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
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.scoring.agreement import (
    Figure,
    Severity,
    cautions_in_words,
    severity_in_words,
)


def agreement(scheme: str) -> dict[str, Any]:
    """Over the files that have been decided: what reviewers gave in the others is not to be read here before its
    time. `counted` says how many these are, and how many still wait. Nine queries, however many reviews there
    are."""
    files = decided(Dossier.objects.filter(scheme=scheme))
    return {"rubrics": _rubrics(scheme, files), "counted": _counted(scheme, files)}


def _counted(scheme: str, files: QuerySet[Dossier]) -> list[str]:
    sent = Assignment.objects.filter(dossier=OuterRef("pk"), sent_at__isnull=False, released_at=None)
    reviewed = Dossier.objects.filter(Exists(sent), scheme=scheme)
    numbers = reviewed.aggregate(all=Count("pk"), counted=Count("pk", filter=Q(pk__in=files.values("pk"))))
    counted, waiting = numbers["counted"], numbers["all"] - numbers["counted"]
    if not counted and not waiting:
        return []
    told = (
        ngettext(
            "%(count)d file that has been decided is counted.",
            "%(count)d files that have been decided are counted.",
            counted,
        )
        if counted
        else _("No file has been decided yet, so none is counted.")
    )
    words = [told % {"count": counted}]
    if waiting:
        told = ngettext(
            "%(count)d file with reviews waits for its decision and is not counted.",
            "%(count)d files with reviews wait for their decision and are not counted.",
            waiting,
        )
        words.append(told % {"count": waiting})
    return words


def _rubrics(scheme: str, files: QuerySet[Dossier]) -> list[dict[str, Any]]:
    """For each rubric under which anybody rated."""
    months, severities = agreement_by_month(scheme, among=files), reviewers_severity(scheme, among=files)
    found = scheme_agreement(scheme, among=files)
    people = User.objects.in_bulk({each for some in severities.values() for each in some})
    return [
        {
            **figure_in_words(each),
            "tables": [_months(months[name]), *_tables(each)],
            "severities": _severities(severities[name], people),
        }
        for name, each in found.items()
        if each.whole.undefined != "no_ratings"
    ]


def _tables(found: RubricAgreement) -> list[dict[str, Any]]:
    """Every area, and every criterion, in the order of the rubric, each for parts/table.html."""
    figures = {**found.areas, **found.criteria}
    rows: dict[type, list[dict[str, Any]]] = {Area: [], Criterion: []}
    for number, each in numbered(found.rubric):
        rows[type(each)].append({"cells": [named(number, each), *cells(figures[each.id])]})
    return [
        figures_table(_("By area"), _("Area"), rows[Area]),
        figures_table(_("By criterion"), _("Criterion"), rows[Criterion]),
    ]


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
