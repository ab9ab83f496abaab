"""What every page of the administration has at its head."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from .access import Administrator


def frame(reader: Administrator, current: str) -> dict[str, Any]:
    """The parts of the administration that exist for `reader`; `current` is the url name of the page."""
    every_scheme = reader.schemes is None
    pages = [
        ("roles", _("Roles"), True),
        ("edition_schemes", _("Schemes and editions"), True),
        ("all_organisations", _("Organisations"), every_scheme),
        ("imports", _("Import of organisations"), every_scheme),
        ("papers", _("Papers being made"), True),
        ("webhooks", _("Webhooks"), every_scheme),
    ]
    return {
        "tabs": [
            {"title": title, "url": reverse(name), "current": name == current}
            for name, title, there in pages
            if there
        ],
        "tabs_label": _("Parts of the administration"),
    }
