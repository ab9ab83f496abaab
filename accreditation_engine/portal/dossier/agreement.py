"""How far the reviewers of one dossier agree, for those whom it tells nothing that they may not know."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.reviews.agreement import RubricAgreement, dossier_agreement
from accreditation_engine.reviews.queries import own_assignment
from accreditation_engine.scoring.agreement import Figure
from accreditation_engine.scoring.agreement.resampling import LEAST_UNITS

from .agreement_words import cells, figure_in_words, figures_table, named
from .places import areas_of
from .reader import Reader


def agreement_of(reader: Reader) -> list[dict[str, Any]]:
    """For each rubric under which anybody rated, parts/agreement.html and its areas. Two queries at most."""
    if not _may_know(reader):
        return []
    found = dossier_agreement(reader.dossier).values()
    return [
        {**figure_in_words(each), **_areas(each)} for each in found if each.whole.undefined != "no_ratings"
    ]


def _may_know(reader: Reader) -> bool:
    """Whoever still reviews could read from a figure what a colleague rated."""
    if reader.plays("applicant") or not reader.sees("ratings"):
        return False
    own = own_assignment(reader.dossier.pk, reader.person) if reader.plays("reviewer") else None
    return own is None or own.sent_at is not None


def _areas(found: RubricAgreement) -> dict[str, Any]:
    """Each area, where at least one has as many units as an interval takes; else that none has."""
    figures = [(number, area, found.areas[area.id]) for number, area in areas_of(found.rubric)]
    if all(_too_few(figure) for _number, _area, figure in figures):
        return {"areas": None, "least": LEAST_UNITS}
    rows = [{"cells": [named(number, area), *_cells(figure)]} for number, area, figure in figures]
    return {"areas": figures_table(_("By area"), _("Area"), rows)}


def _too_few(figure: Figure) -> bool:
    return figure.units < LEAST_UNITS


def _cells(figure: Figure) -> list[dict[str, Any]]:
    """A figure of a handful of criteria would swing with a single rating: how many there are is told instead."""
    shown = cells(figure)
    return [{"value": _("too few units")}, {"value": ""}, *shown[2:]] if _too_few(figure) else shown
