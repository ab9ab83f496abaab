"""The rows of the queue. Of a file that is not theirs yet, a reader learns its number, its scheme, the country,
and how many review it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.parts import parts_of
from accreditation_engine.organisations.countries import country_name
from accreditation_engine.portal.dossier.anonymous import organisation_called
from accreditation_engine.portal.dossier.reader import language, reads_outer_words
from accreditation_engine.portal.dossier.states import state_badge
from accreditation_engine.portal.time_left import time_left
from accreditation_engine.reviews.queue.places import places_of
from accreditation_engine.reviews.reminding import paused_in

Row = dict[str, Any]


def own_table(dossiers: Iterable[Dossier]) -> Row:
    """For parts/table.html: the reviews that are the reader's, by when they are due."""
    titles = [_("File number"), _("Organisation"), _("State"), _("Criteria rated"), _("Due"), _("Next step")]
    return {
        "caption": _("Your reviews"),
        "hide_caption": True,
        "columns": [{"title": title} for title in titles],
        "rows": [{"cells": _own(each)} for each in dossiers],
    }


def _own(dossier: Any) -> list[Row]:
    scheme = compiled(dossier.edition_id)
    open_ = "reviewer" in parts_of(dossier, ["reviewer"]).open
    name = organisation_called(dossier, ["reviewer"])
    outside = reads_outer_words(dossier, frozenset({"reviewer"}))
    address = reverse("dossier", args=[dossier.pk])
    return [
        {
            "value": dossier.number,
            "kind": "code",
            "url": address,
            "note": scheme.workflow.title.in_language(language()),
        },
        {"value": name if open_ else None},
        {"badge": state_badge(scheme, dossier.state, outside=outside)},
        {"progress": {"value": dossier.rated, "maximum": scheme.criteria_asked, "label": ""}},
        _due(dossier.due),
        _next(dossier) if open_ else {"value": _("Declare your interests first"), "url": address},
    ]


def _next(dossier: Any) -> Row:
    if dossier.state in paused_in(dossier.edition_id):
        return {
            "value": _("Ask for it to be resumed"),
            "url": reverse("dossier", args=[dossier.pk]) + "#acts",
        }
    return {
        "value": _("Go on") if dossier.rated else _("Begin"),
        "url": reverse("review", args=[dossier.pk]),
    }


def _due(due: Any) -> Row:
    if due is None:
        return {"value": None}
    return {"value": due, "kind": "day", "note": time_left(due)}


def waiting_rows(dossiers: Iterable[Dossier]) -> list[Row]:
    return [_waiting(each) for each in dossiers]


def _waiting(dossier: Any) -> Row:
    scheme = compiled(dossier.edition_id)
    places = {"taken": dossier.taken, "places": places_of(scheme)}
    return {
        "number": dossier.number,
        "scheme": scheme.workflow.title.in_language(language()),
        "country": country_name(dossier.organisation.country, language()),
        "places": _("%(taken)d of %(places)d taken") % isolated(places),
        "since": dossier.entered_at,
        "url": reverse("take_place", args=[dossier.pk]),
    }
