"""Schemes as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.engine.models import Scheme
from accreditation_engine.engine.unusable import usable
from accreditation_engine.engine.words import scheme_title
from accreditation_engine.portal.dossier.reader import language


def scheme_table(schemes: Iterable[Scheme]) -> dict[str, Any]:
    """For parts/table.html."""
    titles = (_("Scheme"), _("Edition"), _("Rubrics"))
    return {
        "caption": _("Schemes"),
        "hide_caption": True,
        "columns": [{"title": each} for each in titles],
        "rows": [{"cells": _cells(each)} for each in schemes],
        "empty": {
            "sentence": _("No scheme is open yet. An administrator loads definitions with load_schemes.")
        },
    }


def _cells(scheme: Scheme) -> list[dict[str, Any]]:
    found = usable(scheme.edition_id)
    names = [each.title.in_language(language()) for each in found.rubrics.values()] if found else []
    return [
        {
            "value": scheme_title(scheme.name, scheme.edition_id),
            "url": reverse("scheme", args=[scheme.name]),
        },
        {"value": scheme.edition.label, "note": scheme.edition_id[:8]},
        {"value": _(", ").join(names)},
    ]
