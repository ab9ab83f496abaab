"""Changes of scope that wait for somebody, for home."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import ScopeChange
from accreditation_engine.dossiers.queries import standing_in, waits_for
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.parts import acting_as
from accreditation_engine.engine.unusable import usable
from accreditation_engine.engine.words import state_title
from accreditation_engine.portal.dossier.reader import language

APPLICANT = "applicant"
SHOWN = 20
SEEN = "scope_change"
"""What the states of a change show."""


def waiting_changes(user: Any, roles: Iterable[str], schemes: list[Compiled]) -> QuerySet[ScopeChange]:
    """Those that wait for `user` in one of these roles, as `schemes` have it."""
    found = Q(pk__in=[])
    for role in roles:
        found |= standing_in(schemes, waits_for(role)) & acting_as(ScopeChange, user, role)
    return ScopeChange.objects.filter(found)


def changes_in_sql() -> Rows:
    """The changes of scope of an organisation's certificates, for its row."""
    rows = ScopeChange.objects.filter(dossier__organisation=OuterRef("pk")).order_by("entered_at", "pk")
    names = ("id", "dossier_id", "certificate_id", "edition_id", "state", "called")
    return Rows(rows.annotate(called=F("certificate__number")), *names)


def changes_to_complete(organisations: Iterable[Any]) -> list[dict[str, Any]]:
    """[{title, number, url, words}] of those that wait for these organisations, fetched with `changes_in_sql` as
    `scope_changes`. No query."""
    return [
        _entry(
            each.name_in(language()),
            row["called"],
            reverse(
                "scope_change", args=[UUID(row[name]) for name in ("dossier_id", "certificate_id", "id")]
            ),
            row["edition_id"],
            row["state"],
        )
        for each in organisations
        for row in each.scope_changes
        if (scheme := usable(row["edition_id"])) is not None
        and scheme.workflow.states[row["state"]].waits_for == APPLICANT
    ][:SHOWN]


def _entry(title: str, number: str, url: str, edition: str, state: str) -> dict[str, Any]:
    words = _("A change of the scope of the certificate: %(state)s") % isolated(
        {"state": state_title(edition, state)}
    )
    return {"title": title, "number": number, "url": url, "words": words}


def address_of(change: ScopeChange) -> str:
    return reverse("scope_change", args=[change.dossier_id, change.certificate_id, change.pk])
