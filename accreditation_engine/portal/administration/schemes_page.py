"""The schemes with their editions: which is open, whether each passes the checks, and how many files it has."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.edition_checks import problems_of
from accreditation_engine.engine.models import Edition, Scheme
from accreditation_engine.engine.unusable import usable
from accreditation_engine.engine.words import scheme_title
from accreditation_engine.portal.methodologist.described import called, editions_of

from .access import Administrator
from .frame import frame

Context = dict[str, Any]


def schemes_of(reader: Administrator) -> QuerySet[Scheme]:
    """Those of files, and of what files lead to: certificates and findings."""
    found = Scheme.objects.select_related("edition").order_by("subject", "name")
    return found if reader.schemes is None else found.filter(name__in=reader.schemes)


def scheme_named(reader: Administrator, name: str) -> Scheme:
    """Raises Http404 for one that is not administered by `reader`."""
    scheme = schemes_of(reader).filter(name=name).first()
    if scheme is None:
        raise Http404
    return scheme


def schemes_page(reader: Administrator) -> Context:
    """The context of portal/editions_schemes.html."""
    titles = (_("Scheme"), _("Open edition"), _("Check"))
    return {
        **frame(reader, "edition_schemes"),
        "head": {"eyebrow": _("Administration"), "title": _("Schemes and editions")},
        "table": {
            "caption": _("Schemes"),
            "hide_caption": True,
            "columns": [{"title": each} for each in titles],
            "rows": [{"cells": _scheme_cells(each)} for each in schemes_of(reader)],
            "empty": {
                "sentence": _("No scheme is open yet. An administrator loads definitions with load_schemes.")
            },
        },
    }


def _scheme_cells(scheme: Scheme) -> list[Context]:
    return [
        {"value": title_of(scheme), "url": reverse("editions", args=[scheme.name])},
        {"value": scheme.edition.label, "note": scheme.edition_id[:8]},
        {"badge": check_badge(scheme.edition_id)},
    ]


def title_of(scheme: Scheme) -> str:
    return scheme_title(scheme.name, scheme.edition_id)


def check_badge(edition: str) -> Context:
    if usable(edition) is None:
        return {"title": _("not usable"), "tone": "bad"}
    count = len(problems_of(edition))
    if not count:
        return {"title": _("proved"), "tone": "good"}
    words = ngettext("%(count)d problem", "%(count)d problems", count)
    return {"title": words % {"count": count}, "tone": "bad"}


def editions_page(reader: Administrator, scheme: Scheme) -> Context:
    """The context of portal/editions.html. The same number of queries for 2 editions as for 20, once these are
    compiled."""
    found = list(editions_of(scheme))
    return {
        **frame(reader, "edition_schemes"),
        "head": {"eyebrow": _("Scheme"), "title": title_of(scheme)},
        "breadcrumbs": way(scheme),
        "scheme": scheme,
        "table": _editions(found, scheme),
        "choices": choices(found, *_neighbours(found, scheme)) if len(found) > 1 else [],
        "compare_url": reverse("compare_editions", args=[scheme.name]),
    }


def way(scheme: Scheme, *here: str) -> list[Context]:
    return [
        {"title": _("Schemes and editions"), "url": reverse("edition_schemes")},
        {"title": title_of(scheme), "url": reverse("editions", args=[scheme.name])},
        *({"title": each} for each in here),
    ]


def _neighbours(found: list[Edition], scheme: Scheme) -> tuple[str, str]:
    """What one compares most: the open edition with the latest, or with the one before it."""
    others = [each.pk for each in found if each.pk != scheme.edition_id]
    latest = found[0].pk
    return (others[0], scheme.edition_id) if latest == scheme.edition_id else (scheme.edition_id, latest)


def choices(found: list[Edition], old: str, new: str) -> list[Context]:
    """For parts/entry.html: the two editions to lay beside each other."""
    options = [{"value": each.pk, "label": called(each)} for each in found]
    pair = (("old", _("Before"), old), ("new", _("After"), new))
    return [
        {"name": name, "label": label, "type": "select", "required": True, "value": value, "options": options}
        for name, label, value in pair
    ]


def _editions(found: list[Edition], scheme: Scheme) -> Context:
    titles = ((_("Edition"), ""), (_("Stored on"), ""), (_("Files"), "number"), (_("Check"), ""))
    return {
        "caption": _("Editions"),
        "hide_caption": True,
        "columns": [{"title": title, "kind": kind} for title, kind in titles],
        "rows": [{"cells": _cells(each, scheme)} for each in found],
    }


def _cells(edition: Any, scheme: Scheme) -> list[Context]:
    return [
        {
            "value": called(edition),
            "url": reverse("edition", args=[scheme.name, edition.pk]),
            "note": _("for new files") if edition.pk == scheme.edition_id else "",
        },
        {"value": edition.stored_at, "kind": "day"},
        {"value": edition.files, "kind": "number"},
        {"badge": check_badge(edition.pk)},
    ]
