"""Concerns that wait for the reader, for home."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.complaints.models import Complaint
from accreditation_engine.complaints.queries import waiting_for
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.words import state_title
from accreditation_engine.organisations.models import Organisation, User
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.people import parts_of

HANDLE = ("coordinator", "panel")
SHOWN = 20


def complaints_waiting(person: User) -> list[dict[str, Any]]:
    """[{title, number, url, words}] of those that wait for people of the accrediting body. Two queries, none for
    whoever deals with none."""
    roles = [each for each in HANDLE if each in parts_of(person)]
    if not roles:
        return []
    return [
        _entry(each.dossier.organisation, each.number, each.edition_id, each.state, each.dossier_id, each.pk)
        for each in waiting_for(person.pk, *roles)[:SHOWN]
    ]


def complaints_to_answer(organisations: Iterable[Any]) -> list[dict[str, Any]]:
    """The same of those that wait for an answer of these organisations, each with its `concerns`. No query."""
    return [
        _entry(
            organisation,
            each["number"],
            each["edition_id"],
            each["state"],
            UUID(each["dossier_id"]),
            UUID(each["id"]),
        )
        for organisation in organisations
        for each in organisation.concerns
        if compiled(each["edition_id"]).workflow.states[each["state"]].waits_for == "applicant"
    ]


def concerns_in_sql() -> Rows:
    """The concerns about an organisation, for its row."""
    rows = Complaint.objects.filter(dossier__organisation=OuterRef("pk")).order_by("number")
    return Rows(rows, "id", "dossier_id", "number", "edition_id", "state")


def _entry(
    organisation: Organisation, number: str, edition: str, state: str, dossier: UUID, pk: UUID
) -> dict[str, Any]:
    return {
        "title": organisation.name_in(language()),
        "number": number,
        "url": reverse("complaint", args=[dossier, pk]),
        "words": _("A concern: %(state)s") % isolated({"state": state_title(edition, state)}),
    }
