"""All organisations that are known, as a list that can be searched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.organisations.countries import country_name
from accreditation_engine.organisations.models import Membership, Organisation
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.trail.folding import HoldsEvery, together
from accreditation_engine.written import kept_line

from .access import Administrator
from .frame import frame

Context = dict[str, Any]
ROWS = 25
LONGEST_WORDS = 200
CALLED = ("name_ar", "name_en", "registration_number")


def organisations_page(reader: Administrator, asked: QueryDict) -> Context:
    """The context of portal/all_organisations.html. The same number of queries for 1 organisation as for 7,000."""
    words = kept_line(asked.get("q", ""))[:LONGEST_WORDS]
    found = Organisation.objects.order_by("name_ar", "pk")
    if words:
        found = found.filter(HoldsEvery(together(*CALLED), words=words))
    page = Paginator(found, ROWS).get_page(asked.get("page"))
    return {
        **frame(reader, "all_organisations"),
        "head": {
            "eyebrow": _("Administration"),
            "title": _("Organisations"),
            "actions": [{"title": _("Import of organisations"), "url": reverse("imports")}],
        },
        "words": words,
        "page": page,
        "table": _table(list(page), words),
    }


def _table(organisations: Sequence[Organisation], words: str) -> Context:
    """Two queries."""
    these = {"organisation__in": organisations}
    people = dict(
        Membership.objects.filter(**these, ended_at=None)
        .order_by()
        .values_list("organisation")
        .annotate(Count("pk"))
    )
    files = dict(Dossier.objects.filter(**these).order_by().values_list("organisation").annotate(Count("pk")))
    columns = (
        {"title": _("Organisation")},
        {"title": _("Registration number")},
        {"title": _("Country")},
        {"title": _("Known since")},
        {"title": _("People who act for it"), "kind": "number"},
        {"title": _("Files"), "kind": "number"},
    )
    return {
        "caption": _("All organisations that are known"),
        "hide_caption": True,
        "columns": columns,
        "rows": [
            {"cells": _cells(each, people.get(each.pk, 0), files.get(each.pk, 0))} for each in organisations
        ],
        "empty": _empty(words),
    }


def _cells(organisation: Organisation, people: int, files: int) -> list[Context]:
    names = (organisation.name_ar, organisation.name_en)
    shown, other = reversed(names) if language().startswith("en") else names
    return [
        {
            "value": shown,
            "url": reverse("one_organisation", args=[organisation.pk]),
            "note": other if other != shown else "",
        },
        {"value": organisation.registration_number, "kind": "code"},
        {"value": country_name(organisation.country, language())},
        {"value": organisation.joined_at, "kind": "day"},
        {"value": people, "kind": "number"},
        {"value": files, "kind": "number"},
    ]


def _empty(words: str) -> Context:
    if words:
        return {
            "icon": "search",
            "sentence": _("No organisation is called or numbered so."),
            "action": {"title": _("Show all organisations"), "url": reverse("all_organisations")},
        }
    return {"sentence": _("No organisation is known yet. Import a table of them.")}
