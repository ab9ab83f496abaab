"""What bringing the files in flight under another edition would do: how many of which state would move, and which
would be left and why."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.dossiers.migrating import in_flight
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.migrating import Reasons, why_not
from accreditation_engine.engine.models import Edition, Scheme
from accreditation_engine.engine.unusable import usable
from accreditation_engine.engine.words import state_title
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.methodologist.described import called
from accreditation_engine.portal.tried import Tried, typed_in, wrong_in

from .access import Administrator
from .frame import frame
from .migrating_changes import would_change
from .schemes_page import way

Context = dict[str, Any]
MIGRATE = "migrate"
AT_ONCE = 5_000
"""Files of one press, and of one preview."""
NAMED = 100
"""Files that are left and named."""


def migrate_page(reader: Administrator, scheme: Scheme, edition: Any, tried: Tried | None = None) -> Context:
    """The context of portal/migrate.html. The same number of queries for 1 file as for 5,000."""
    files = in_flight(scheme.name, edition.pk).select_related("organisation", "edition")
    rows: list[Any] = list(files.defer("edition__content").order_by("number")[:AT_ONCE])
    left = why_not(rows, compiled(edition.pk)) if rows else {}
    wrong = wrong_in(tried, MIGRATE)
    return {
        **frame(reader, "edition_schemes"),
        "head": {"eyebrow": called(edition), "title": _("Bring files under this edition")},
        "breadcrumbs": [
            *way(scheme),
            {"title": called(edition), "url": reverse("edition", args=[scheme.name, edition.pk])},
            {"title": _("Bring files under this edition")},
        ],
        "errors": [{"text": wrong, "target": "reason"}] if wrong else [],
        "moving": len(rows) - len(left),
        "states": _states(rows, left),
        "left": _left(rows, left),
        "more": max(0, len(left) - NAMED),
        **would_change([each for each in rows if each.pk not in left], edition.pk),
        "reason": {
            "name": "reason",
            "label": _("Why"),
            "required": True,
            "value": typed_in(tried, MIGRATE, "reason"),
            "error": wrong,
            "help": _("Everybody who may read the trail of a file reads it there."),
        },
        "back": reverse("edition", args=[scheme.name, edition.pk]),
    }


def _states(rows: list[Any], left: Reasons) -> Context:
    """For parts/table.html: a row for each edition and state."""
    moving = Counter((each.edition_id, each.state) for each in rows if each.pk not in left)
    staying = Counter((each.edition_id, each.state) for each in rows if each.pk in left)
    editions: dict[str, Edition] = {each.edition_id: each.edition for each in rows}
    titles = (
        (_("State"), ""),
        (_("Edition now"), ""),
        (_("Would move"), "number"),
        (_("Would be left"), "number"),
    )
    places = sorted({*moving, *staying}, key=lambda place: (editions[place[0]].stored_at, _order(*place)))
    return {
        "caption": _("Files in flight"),
        "hide_caption": True,
        "columns": [{"title": title, "kind": kind} for title, kind in titles],
        "rows": [
            {
                "cells": [
                    {"value": _state(*place)},
                    {"value": called(editions[place[0]])},
                    {"value": moving[place], "kind": "number"},
                    {"value": staying[place], "kind": "number"},
                ]
            }
            for place in places
        ],
        "empty": {"sentence": _("Every file that is in flight is under this edition.")},
    }


def _order(edition: str, state: str) -> int:
    known = usable(edition)
    return list(known.workflow.states).index(state) if known else 0


def _state(edition: str, state: str) -> str:
    """The id of a state whose edition is not usable."""
    return state_title(edition, state) if usable(edition) else state


def _left(rows: list[Any], left: Reasons) -> Context | None:
    named = [each for each in rows if each.pk in left][:NAMED]
    if not named:
        return None
    titles = (_("File"), _("State"), _("Why it would be left"))
    return {
        "caption": _("Files that would be left"),
        "hide_caption": True,
        "columns": [{"title": each} for each in titles],
        "rows": [{"cells": _file_cells(each, left)} for each in named],
    }


def _file_cells(file: Dossier, left: Reasons) -> list[Context]:
    return [
        {
            "value": file.number,
            "kind": "code",
            "note": file.organisation.name_in(language()),
        },
        {"value": _state(file.edition_id, file.state)},
        {"value": " ".join(map(str, left[file.pk]))},
    ]


def told_in_words(moved: int, left: int) -> str:
    said = ngettext(
        "%(count)d file is under this edition now.", "%(count)d files are under this edition now.", moved
    ) % {"count": moved}
    if not left:
        return said
    rest = ngettext("%(count)d file was left.", "%(count)d files were left.", left) % {"count": left}
    return f"{said} {rest}"
