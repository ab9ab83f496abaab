"""What every page of one scheme has at its head."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.portal.dossier.reader import language

from .access import Viewer


def frame(viewer: Viewer, current: str) -> dict[str, Any]:
    """The head, the way here and the pages; `current` is the url name of the page."""
    scheme = viewer.scheme
    title = viewer.compiled.workflow.title.in_language(language())
    pages = tabs(viewer, current)
    here = [{"title": each["title"]} for each in pages if each["current"] and current != "scheme"]
    return {
        "viewer": viewer,
        "scheme": scheme,
        "head": {
            "eyebrow": _("Scheme"),
            "title": title,
            "meta": [
                _("Edition %(edition)s") % isolated({"edition": scheme.edition.label}),
                scheme.edition_id[:8],
            ],
        },
        "breadcrumbs": [
            {"title": _("Schemes"), "url": reverse("schemes")},
            {"title": title, "url": reverse("scheme", args=[scheme.name])},
            *here,
        ],
        "tabs": pages,
        "tabs_label": _("Parts of this scheme"),
    }


def tabs(viewer: Viewer, current: str) -> list[dict[str, Any]]:
    """The pages that exist for the viewer."""
    pages = [
        ("scheme", _("The scheme"), True),
        ("scheme_agreement", _("Agreement between reviewers"), viewer.compares),
        ("scheme_what_if", _("What if"), viewer.plans and bool(viewer.compiled.rubrics)),
        ("scheme_certificate", _("The certificate"), viewer.sees_specimens),
    ]
    return [
        {"title": title, "url": reverse(name, args=[viewer.scheme.name]), "current": name == current}
        for name, title, there in pages
        if there
    ]
