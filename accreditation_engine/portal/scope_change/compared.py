"""A scope beside the one that is to take its place, with what changes marked, and the scopes that a certificate
had."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.scope import SCOPE_SET
from accreditation_engine.dossiers.scope import WHOLE, Scope
from accreditation_engine.dossiers.scope_words import scope_in_words
from accreditation_engine.portal.dossier.since_last import compared
from accreditation_engine.trail.models import Event

GONE, NEW = "gone", "new"


def side_by_side(before: Scope, wanted: Scope) -> list[dict[str, Any]]:
    """For portal/parts/scope_compared.html, a row for each language. Where one is the whole organisation, nothing
    stands on its side."""
    titles = {"ar": _("In Arabic"), "en": _("In English")}
    found = []
    for name, title in titles.items():
        then, now = before.in_language(name), wanted.in_language(name)
        pieces = compared(then, now)
        found.append(
            {
                "title": title,
                "language": name,
                "then": [each for each in pieces if each["kind"] != NEW],
                "now": [each for each in pieces if each["kind"] != GONE],
            }
        )
    return found


def scopes_of(certificate: Certificate) -> dict[str, Any]:
    """For parts/table.html: what it covered, from which day until which, the latest first. One query."""
    events = Event.objects.filter(stream=certificate.pk, kind=SCOPE_SET).order_by("seq")
    told = [(localdate(each.at), each.data) for each in events]
    first = told.pop(0)[1] if told and "request" not in told[0][1] else {"ar": WHOLE.ar, "en": WHOLE.en}
    stood = [(certificate.issued_on, first), *told]
    ends = [day for day, _data in stood[1:]]
    rows = [
        {"cells": _cells(certificate, day, data, until)}
        for (day, data), until in zip(stood, [*ends, None], strict=True)
    ]
    return {
        "caption": _("What the certificate covered"),
        "hide_caption": True,
        "columns": [{"title": each} for each in (_("Scope"), _("From the day"), _("Until the day"))],
        "rows": rows[::-1],
    }


def _cells(certificate: Certificate, day: Any, data: dict[str, Any], until: Any) -> list[dict[str, Any]]:
    scope = {"value": scope_in_words(Scope(data["ar"], data["en"]))}
    if "request" in data:
        scope["url"] = reverse("scope_change", args=[certificate.dossier_id, certificate.pk, data["request"]])
    ended = {"value": until, "kind": "day"} if until else {"value": _("today")}
    return [scope, {"value": day, "kind": "day"}, ended]
