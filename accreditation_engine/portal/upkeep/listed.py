"""All upkeep that somebody looks after: a page of the list, and the list as a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.certificates.models import Upkeep
from accreditation_engine.certificates.upkeep.words import kind_title
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.dossier.states import state_badge
from accreditation_engine.portal.table_cells import cell, column
from accreditation_engine.portal.table_files import csv_of
from accreditation_engine.portal.time_left import days_since

from .filters import Filters
from .late import is_late
from .waiting import address_of

ROWS, AT_ONCE = 25, 500
FIELDS = (
    *("kind", "state", "late", "organisation_ar", "organisation_en", "registration_number", "certificate"),
    *("file", "scheme", "call_on", "due_on", "state_since", "url"),
)


def list_page(filters: Filters, number: str | None) -> dict[str, Any]:
    """The context of portal/upkeep_list.html. Five queries."""
    page: Page[Upkeep] = Paginator(filters.rows(), ROWS).get_page(number)
    return {
        "head": {
            "title": _("Upkeep of certificates"),
            "eyebrow": _("What is asked of their holders while they are valid"),
        },
        "filters": filters,
        "page": page,
        "table": {
            "caption": _("Upkeep of certificates"),
            "hide_caption": True,
            "columns": [
                column(_("Organisation")),
                column(_("What is asked")),
                column(_("State")),
                column(_("To be filed by")),
                column(_("How long")),
            ],
            "rows": [{"cells": _cells(each, filters.now)} for each in page],
            "empty": filters.empty(),
        },
        "export": reverse("upkeep_export"),
    }


def _cells(upkeep: Upkeep, now: datetime) -> list[dict[str, Any]]:
    return [
        cell(
            upkeep.dossier.organisation.name_in(language()),
            url=address_of(upkeep),
            note=upkeep.certificate.number,
        ),
        cell(kind_title(upkeep.kind)),
        cell(badge=state_badge(compiled(upkeep.edition_id), upkeep.state, outside=False)),
        cell(upkeep.due_on, kind="day"),
        cell(how_long(upkeep, now)),
    ]


def how_long(upkeep: Upkeep, now: datetime) -> str:
    """How late it is, or for how long it has waited for somebody; "" for what waits for nobody."""
    scheme = compiled(upkeep.edition_id)
    if is_late(upkeep, now):
        days = (timezone.localdate(now) - upkeep.due_on).days
        if days <= 0:
            return _("late since today")
        return ngettext("late for %(count)d day", "late for %(count)d days", days) % isolated({"count": days})
    if scheme.workflow.states[upkeep.state].waits_for is None:
        return ""
    return _("waits for %(time)s") % isolated({"time": days_since(upkeep.entered_at)})


def as_table(filters: Filters) -> Iterator[bytes]:
    """CSV of all that fits, in codes and days as YYYY-MM-DD; the columns never change."""
    rows = filters.rows().iterator(chunk_size=AT_ONCE)
    return csv_of(FIELDS, ([_line(each, filters.now)] for each in rows))


def _line(upkeep: Upkeep, now: datetime) -> tuple[Any, ...]:
    organisation = upkeep.dossier.organisation
    return (
        upkeep.kind,
        upkeep.state,
        "yes" if is_late(upkeep, now) else "",
        organisation.name_ar,
        organisation.name_en,
        organisation.registration_number,
        upkeep.certificate.number,
        upkeep.dossier.number,
        upkeep.dossier.scheme,
        upkeep.call_on.isoformat(),
        upkeep.due_on.isoformat(),
        timezone.localdate(upkeep.entered_at).isoformat(),
        settings.SITE_URL + address_of(upkeep),
    )
