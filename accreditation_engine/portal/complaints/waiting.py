"""Concerns that wait for the reader, for home: by when the organisation answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import OuterRef
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accreditation_engine.complaints.models import Complaint
from accreditation_engine.engine.facts import Rows, moment_of
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.unusable import usable
from accreditation_engine.engine.words import state_title
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.portal.dossier.reader import language

HANDLE = ("coordinator", "panel")


def complaints_to_answer(organisations: Iterable[Any]) -> list[dict[str, Any]]:
    """[{title, number, url, words}] of those that wait for an answer of these organisations, each with its
    `concerns`. No query."""
    return [
        _entry(
            organisation, each["number"], [UUID(each["dossier_id"]), UUID(each["id"])], _to_be_answered(each)
        )
        for organisation in organisations
        for each in organisation.concerns
        if (scheme := usable(each["edition_id"])) is not None
        and scheme.workflow.states[each["state"]].waits_for == "applicant"
    ]


def concerns_in_sql() -> Rows:
    """The concerns about an organisation, for its row."""
    rows = Complaint.objects.filter(dossier__organisation=OuterRef("pk")).order_by("number")
    return Rows(rows, "id", "dossier_id", "number", "edition_id", "state", "deadline_at")


def _to_be_answered(row: Mapping[str, Any]) -> str:
    words = {"state": state_title(row["edition_id"], row["state"])}
    if row["deadline_at"] is None:
        return _("A concern: %(state)s") % isolated(words)
    words["day"] = date_format(localdate(moment_of(row["deadline_at"])), "j F Y")
    return _("A concern: %(state)s. Answer it by %(day)s.") % isolated(words)


def _entry(organisation: Organisation, number: str, where: list[UUID], words: str) -> dict[str, Any]:
    return {
        "title": organisation.name_in(language()),
        "number": number,
        "url": reverse("complaint", args=where),
        "words": words,
    }
