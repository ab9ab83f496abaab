"""What the pages of imports show: the form and the imports so far; and of one what is done with each row."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.engine.jobs.signs_of_life import is_gone
from accreditation_engine.engine.jobs.worker_seen import worker_was_seen
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.organisations.countries import country_name
from accreditation_engine.organisations.governorates import governorate_in
from accreditation_engine.organisations.importing.planning import What
from accreditation_engine.organisations.importing.rows import CODED
from accreditation_engine.organisations.importing.sheets import MOST_ROWS, Table
from accreditation_engine.organisations.importing.words import notes
from accreditation_engine.organisations.words import field_title
from accreditation_engine.portal.dossier.reader import language

from .access import Administrator
from .frame import frame
from .import_running import NOT_ADMINISTRATOR
from .models import ImportRow, OrganisationImport

Context = dict[str, Any]
IMPORTS, ROWS = 20, 50
TONES = {What.NEW: "good", What.CHANGED: "warning", What.KNOWN: "neutral", What.WRONG: "bad"}


def imports_page(reader: Administrator, asked: QueryDict, error: str = "") -> Context:
    """The context of portal/imports.html."""
    found = OrganisationImport.objects.select_related("asked_by").order_by("-asked_at", "pk")
    page = Paginator(found, IMPORTS).get_page(asked.get("page"))
    return {
        **frame(reader, "imports"),
        "head": {"eyebrow": _("Administration"), "title": _("Import of organisations")},
        "errors": [{"text": error, "target": "file"}] if error else [],
        "file": {
            "name": "file",
            "type": "file",
            "label": _("Table of organisations"),
            "required": True,
            "accept": ".xlsx,.csv,.txt,.tsv",
            "error": error,
            "help": _(
                "A workbook (.xlsx) or CSV, up to %(rows)d rows. Nothing is taken in yet: you see first what would"
                " be done with each row."
            )
            % {"rows": MOST_ROWS},
        },
        "templates": [
            {
                "title": title,
                "url": reverse("import_template", kwargs={"spoken": spoken, "kind": kind}),
            }
            for spoken, kind, title in (
                ("ar", "xlsx", _("Template in Arabic (xlsx)")),
                ("en", "xlsx", _("Template in English (xlsx)")),
                ("ar", "csv", _("Template in Arabic (csv)")),
                ("en", "csv", _("Template in English (csv)")),
            )
        ],
        "listed": [
            {"term": field_title(name), "value": str(_("; ")).join(map(str, codes.labels))}
            for name, codes in CODED.items()
        ],
        "page": page,
        "table": _imports(page),
    }


def _imports(page: Page[OrganisationImport]) -> Context:
    titles = (_("File"), _("By"), _("On"), _("How it stands"))
    return {
        "caption": _("Imports so far"),
        "hide_caption": True,
        "columns": [{"title": each} for each in titles],
        "rows": [
            {
                "cells": [
                    {"value": each.file_name, "url": reverse("import", args=[each.pk])},
                    {"value": each.asked_by or _("somebody whose account is gone")},
                    {"value": each.asked_at, "kind": "moment"},
                    {"badge": _standing(each)},
                ]
            }
            for each in page
        ],
        "empty": {"sentence": _("Nothing has been imported yet.")},
    }


def _standing(found: OrganisationImport) -> Context:
    if found.begun_at is None:
        return {"title": _("looked at"), "tone": "neutral"}
    if found.ended_at is None:
        return {"title": _("under way"), "tone": "system"}
    return (
        {"title": _("broke off"), "tone": "bad"}
        if found.stopped
        else {"title": _("taken in"), "tone": "good"}
    )


def import_page(found: OrganisationImport, asked: QueryDict) -> Context:
    """The context of portal/import.html. The same number of queries for 1 row as for 7,000."""
    counts = _counts(found)
    what = asked.get("what", "")
    rows: QuerySet[ImportRow] = found.rows.order_by("line")
    if what in What.values:
        rows = rows.filter(what=what)
    page = Paginator(rows, ROWS).get_page(asked.get("page"))
    open_ = found.begun_at is not None and found.ended_at is None
    return {
        "head": {
            "eyebrow": _("Import of organisations"),
            "title": found.file_name or _("a file without a name"),
            "badge": _standing(found),
        },
        "breadcrumbs": [
            {"title": _("Import of organisations"), "url": reverse("imports")},
            {"title": _("File")},
        ],
        "found": found,
        "notes": list(notes(_as_read(found))),
        "stats": [
            {"title": capfirst(What(each).label), "value": counts[each], "tone": _tone(each, counts[each])}
            for each in What.values
        ],
        "to_do": counts["to_do"],
        "running": _running(found, counts) if open_ else None,
        "stopped": _stopped(found),
        "choices": _choices(what, counts),
        "what": what,
        "page": page,
        "table": _rows(page, done=found.begun_at is not None),
    }


def _counts(found: OrganisationImport) -> dict[str, int]:
    """By what is done with a row; `to_do` and `done` of those that are taken in. One query."""
    by_what = {each: Count("pk", filter=Q(what=each)) for each in What.values}
    right = ~Q(what=What.WRONG)
    return found.rows.aggregate(
        **by_what,
        to_do=Count("pk", filter=right & Q(done=False)),
        done=Count("pk", filter=right & Q(done=True)),
    )


def _as_read(found: OrganisationImport) -> Table:
    told = found.notes
    return Table(
        [],
        tuple(told.get("ignored", ())),
        bool(told.get("windows")),
        tuple(told.get("others", ())),
        tuple(told.get("doubled", ())),
        int(told.get("nameless", 0)),
    )


def _tone(what: str, count: int) -> str:
    return "bad" if what == What.WRONG and count else ""


def _running(found: OrganisationImport, counts: dict[str, int]) -> Context:
    """One query more while it waits: whether anybody is there to run it."""
    return {
        "progress": {
            "value": counts["done"],
            "maximum": max(counts["done"] + counts["to_do"], 1),
            "label": _("Rows taken in"),
        },
        "lonely": found.seen_at is None and not worker_was_seen(),
        "dead": is_gone(found.seen_at),
    }


def _stopped(found: OrganisationImport) -> str:
    if not found.stopped:
        return ""
    if found.stopped == NOT_ADMINISTRATOR:
        return _("It was stopped: whoever asked for it is no administrator of every scheme any more.")
    return _("It broke off. What was taken in by then stays; import the file once more to take in the rest.")


def _choices(what: str, counts: dict[str, int]) -> list[Context]:
    """For parts/tabs.html."""
    every = sum(counts[each] for each in What.values)
    listed = [
        ("", _("All rows"), every),
        *((each, capfirst(What(each).label), counts[each]) for each in What.values),
    ]
    return [
        {"title": title, "url": f"?what={value}" if value else "?", "count": count, "current": value == what}
        for value, title, count in listed
    ]


def _rows(page: Page[ImportRow], *, done: bool) -> Context:
    titles = (
        _("Row"),
        _("Registration number"),
        _("Organisation"),
        _("What was done") if done else _("What would be done"),
        _("In detail"),
    )
    return {
        "caption": _("Rows of the file"),
        "hide_caption": True,
        "columns": [{"title": each} for each in titles],
        "rows": [{"cells": _cells(each)} for each in page],
        "empty": {"icon": "search", "sentence": _("No row is like that.")},
    }


def _cells(row: ImportRow) -> list[Context]:
    names = ("name_en", "name_ar") if language().startswith("en") else ("name_ar", "name_en")
    return [
        {"value": row.line, "kind": "number"},
        {"value": row.values.get("registration_number", ""), "kind": "code"},
        {"value": next((row.values[each] for each in names if row.values.get(each)), "")},
        {"badge": {"title": What(row.what).label, "tone": TONES[What(row.what)]}},
        {"value": _detail(row)},
    ]


def _detail(row: ImportRow) -> str:
    if row.reasons:
        return " ".join(str(Reason.of_data(each)) for each in row.reasons)
    if row.what == What.CHANGED:
        return str(_("; ")).join(
            _change(name, row.before.get(name, ""), new) for name, new in row.after.items()
        )
    if row.what == What.NEW and "name_en" not in row.values:
        return _("The Arabic name stands for the English one.")
    if row.what == What.NEW and "name_ar" not in row.values:
        return _("The English name stands for the Arabic one.")
    return ""


def _change(name: str, before: str, after: str) -> str:
    said = {
        "field": field_title(name),
        "before": _called(name, before) or _("nothing"),
        "after": _called(name, after),
    }
    return _("%(field)s: %(after)s instead of %(before)s") % isolated(said)


def _called(name: str, value: str) -> str:
    if name == "country" and value:
        return country_name(value, language())
    if name == "governorate":
        return isolate(governorate_in(value, language()))
    if name in CODED:
        return str(dict(CODED[name].choices).get(value, value))
    return isolate(value)
