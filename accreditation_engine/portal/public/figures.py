"""Figures for everybody. They count certificates, each of which stands in the public register, and nothing else: a
file that came to none is in none of them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.status_words import status_words
from accreditation_engine.certificates.words import status_title
from accreditation_engine.definitions.public_status import PUBLIC_STATUSES, PublicStatus
from accreditation_engine.engine.unusable import usable

from .entry import language

Table = dict[str, Any]


def years_table() -> Table | None:
    """For parts/table.html: the certificates issued by year, scheme and outcome, the latest year first. None
    without any. One query."""
    rows = _issued().annotate(year=ExtractYear("issued_on"))
    counted = rows.values_list("year", "dossier__scheme", "dossier__edition", "rubric", "outcome").annotate(
        files=Count("pk")
    )
    found = Counter[tuple[int, str, str]]()
    for year, name, edition, rubric, outcome, files in counted:
        found[year, *_titles(name, edition, rubric, outcome)] += files
    if not found:
        return None
    ordered = sorted(found.items(), key=lambda each: (-each[0][0], each[0][1], -each[1], each[0][2]))
    return {
        "caption": _("Certificates issued"),
        "tight": True,
        "columns": [
            {"title": _("Year")},
            {"title": _("Scheme")},
            {"title": _("Outcome")},
            {"title": _("Certificates"), "kind": "number"},
        ],
        "rows": [
            {
                "cells": [
                    {"value": str(year)},
                    {"value": scheme},
                    {"value": outcome},
                    {"value": count, "kind": "number"},
                ]
            }
            for (year, scheme, outcome), count in ordered
        ],
    }


def _titles(name: str, edition: str, rubric: str, outcome: str) -> tuple[str, str]:
    """Of the scheme and of the outcome, as the edition has them that was judged by; their ids where it is not
    usable."""
    scheme = usable(edition)
    if scheme is None:
        return name, outcome
    named = {each.outcome: each.title for each in scheme.rubrics[rubric].outcomes}
    return scheme.workflow.title.in_language(language()), named[outcome].in_language(language())


def standing_table() -> Table | None:
    """The same of what these certificates are worth today: one whose last day is over counts as it will stand once
    the system has said so. None without any. One query."""
    over = Count("pk", filter=Q(deadline_at__lte=timezone.now()))
    found = Counter[PublicStatus]()
    for edition, state, files, ended in (
        _issued().values_list("edition", "state").annotate(files=Count("pk"), over=over)
    ):
        word, afterwards = status_words(edition)[state]
        found[word] += files - ended
        found[afterwards] += ended
    standing = [(status_title(each), found[each]) for each in PUBLIC_STATUSES if found[each]]
    if not standing:
        return None
    return {
        "caption": _("How they stand today"),
        "tight": True,
        "columns": [{"title": _("Standing")}, {"title": _("Certificates"), "kind": "number"}],
        "rows": [
            {"cells": [{"value": title}, {"value": count, "kind": "number"}]} for title, count in standing
        ],
    }


def _issued() -> Any:
    """All that the register shows."""
    return Certificate.objects.filter(line__isnull=False).order_by()
