"""The register as a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.engine.words import scheme_title
from accreditation_engine.portal.table_cells import cell, column

from .entry import holder, outcome_badge, public_badge


def table_of(certificates: Iterable[Certificate], *, searched: bool, further: bool = False) -> dict[str, Any]:
    """For parts/table.html. `further`: not the first page."""
    titles = [_("Holder"), _("Certificate number"), _("Standing"), _("Outcome"), _("Valid until")]
    return {
        "caption": _("Certificates"),
        "hide_caption": True,
        "columns": [column(title) for title in titles],
        "rows": [{"cells": _cells(each)} for each in certificates],
        "empty": _nothing_further() if further else _nothing_found() if searched else _nothing_yet(),
    }


def _cells(certificate: Certificate) -> list[dict[str, Any]]:
    dossier = certificate.dossier
    return [
        cell(
            holder(certificate),
            url=reverse("register_entry", args=[certificate.number]),
            note=scheme_title(dossier.scheme, dossier.edition_id),
        ),
        cell(certificate.number, kind="code"),
        cell(badge=public_badge(certificate)),
        cell(badge=outcome_badge(certificate)),
        cell(certificate.valid_until, kind="day"),
    ]


def _nothing_found() -> dict[str, Any]:
    return {
        "icon": "search",
        "title": _("No certificate was found"),
        "sentence": _(
            "Look for a part of the holder's name, or for the number as it is printed on the certificate, and"
            " choose nothing in the lists beside it."
        ),
        "action": {"title": _("Show all certificates"), "url": reverse("register")},
    }


def _nothing_further() -> dict[str, Any]:
    action = {"title": _("To the beginning"), "url": reverse("register")}
    return {"icon": "search", "sentence": _("The list ends before this page."), "action": action}


def _nothing_yet() -> dict[str, Any]:
    return {"icon": "seal", "sentence": _("No certificate has been issued yet.")}
