"""Concerns that wait for the reader, for home: by when the organisation answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet
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
from accreditation_engine.portal.ngo.task import Task

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
        if _waits_for_an_answer(each)
    ]


def concerns_in_sql() -> Rows:
    """The concerns about an organisation, for its row."""
    return _rows(Complaint.objects.filter(dossier__organisation=OuterRef("pk")))


def concerns_on_certificate() -> Rows:
    """Those that were raised on the file of a certificate, for its row."""
    return _rows(Complaint.objects.filter(dossier=OuterRef("dossier")))


def _rows(found: QuerySet[Complaint]) -> Rows:
    names = ("id", "dossier_id", "number", "edition_id", "state", "deadline_at")
    return Rows(found.order_by("number"), *names)


def answers_due(rows: Iterable[Mapping[str, Any]]) -> Iterator[Task]:
    """Of concerns that were fetched so: what their organisation has to answer. No query."""
    for row in rows:
        if _waits_for_an_answer(row):
            ends = row["deadline_at"]
            yield Task(
                _("A concern about your organisation"),
                f"{row['number']} · {state_title(row['edition_id'], row['state'])}.",
                reverse("complaint", args=[UUID(row["dossier_id"]), UUID(row["id"])]),
                _("Answer the concern"),
                localdate(moment_of(ends)) if ends else None,
            )


def _waits_for_an_answer(row: Mapping[str, Any]) -> bool:
    scheme = usable(row["edition_id"])
    return scheme is not None and scheme.workflow.states[row["state"]].waits_for == "applicant"


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
