"""What every page of one dossier has at its head."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from .anonymous import organisation_called
from .reader import Reader, language
from .states import state_badge


def frame(reader: Reader, current: str) -> dict[str, Any]:
    """The head, the way here and the sections; `current` is the url name of the page."""
    dossier = reader.dossier
    workflow = reader.scheme.workflow
    return {
        "reader": reader,
        "dossier": dossier,
        "head": {
            "eyebrow": workflow.title.in_language(language()),
            "title": organisation_called(dossier, reader.roles),
            "badge": state_badge(reader.scheme, dossier.state, outside=reader.outside),
            "meta": [dossier.number],
        },
        "breadcrumbs": [
            {"title": _("Accreditation files"), "url": reverse("files")},
            {"title": dossier.number, "url": reverse("dossier", args=[dossier.pk])},
            *({"title": each["title"]} for each in _current(reader, current)),
        ],
        "tabs": tabs(reader, current),
        "tabs_label": _("Parts of this file"),
    }


def tabs(reader: Reader, current: str) -> list[dict[str, Any]]:
    """The pages of the dossier that exist for the reader."""
    pages = [
        ("dossier", _("Overview"), True),
        ("answers", _("Self-assessment"), reader.sees("answers")),
        ("questions", _("Questions"), reader.sees("questions")),
        ("ratings", _("Ratings"), reader.sees("ratings")),
        ("report", report_title(reader), reader.reads_report),
        ("consensus", _("Consensus"), reader.sees("consensus")),
        ("sample", _("Visit sample"), reader.reads_draws),
        ("visits", _("Visits"), reader.reads_visits),
        ("interests", _("Interests"), reader.reads_interests),
        ("trail", _("Decision trail"), reader.sees("trail")),
    ]
    return [
        {"title": title, "url": reverse(name, args=[reader.dossier.pk]), "current": name == current}
        for name, title, there in pages
        if there
    ]


def report_title(reader: Reader) -> str:
    """Where the state shows no report, the organisation finds its own points there, until an appeal is decided."""
    own_points = not reader.sees("report") and not reader.kept_report.until
    return _("Your points on the report") if own_points else _("Report")


def _current(reader: Reader, current: str) -> list[dict[str, Any]]:
    return [each for each in tabs(reader, current) if each["current"] and current != "dossier"]
