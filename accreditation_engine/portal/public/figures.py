"""Figures for everybody. They count certificates, each of which stands in the public register, and concerns about
their holders that are over: a file that came to none is in none of them, and nobody reads there that a concern was
raised before the organisation is told."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.status_words import status_words
from accreditation_engine.certificates.words import status_title
from accreditation_engine.complaints.queries import over
from accreditation_engine.definitions.public_status import PUBLIC_STATUSES, PublicStatus
from accreditation_engine.engine.unusable import usable
from accreditation_engine.engine.words import state_title

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


def concerns_table() -> Table | None:
    """For parts/table.html: the concerns that are over by the year in which they were raised, and how they ended,
    the latest year first. None without any. Two queries at most, once the editions are known."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    titles: dict[str, None] = {}
    counted = over().annotate(year=ExtractYear("raised_at")).order_by()
    rows = counted.values_list("year", "edition", "state").annotate(count=Count("pk"))
    for year, edition, state, count in rows.order_by("year", "edition", "state"):
        title = state_title(edition, state)
        found[year][title] += count
        titles.setdefault(title)
    if not found:
        return None
    numbers = [_("All"), *titles]
    return {
        "caption": _("Concerns about certified organisations, by how they ended"),
        "tight": True,
        "columns": [{"title": _("Year")}, *({"title": each, "kind": "number"} for each in numbers)],
        "rows": [_concerns_of(year, found[year], list(titles)) for year in sorted(found, reverse=True)],
    }


def _concerns_of(year: int, ended: Counter[str], titles: list[str]) -> Table:
    numbers = [sum(ended.values()), *(ended[each] for each in titles)]
    return {"cells": [{"value": str(year)}, *({"value": each, "kind": "number"} for each in numbers)]}


def _issued() -> Any:
    """All that the register shows."""
    return Certificate.objects.filter(line__isnull=False).order_by()
