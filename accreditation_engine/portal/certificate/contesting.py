"""What its holder may do while a certificate is suspended, or is to be withdrawn: told at home."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.engine.facts import Rows, moment_of
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.unusable import usable
from accreditation_engine.engine.words import state_title, transition_title
from accreditation_engine.portal.dossier.reader import language

APPLICANT = "applicant"


def issued_in_sql() -> Rows:
    """All certificates of an organisation, for its row."""
    rows = Certificate.objects.filter(dossier__organisation=OuterRef("pk")).order_by("-issued_on", "pk")
    return Rows(rows, "id", "dossier_id", "number", "edition_id", "state", "deadline_at")


def contestable(organisations: Iterable[Any]) -> list[dict[str, Any]]:
    """[{title, number, url, words}] for home, of `organisations` fetched with `issued_in_sql` as `issued`; nothing
    of what is over, though the site has not got to it. No query."""
    now = timezone.now()
    return [
        {
            "title": organisation.name_in(language()),
            "number": row["number"],
            "url": reverse("certificate", args=[UUID(row["dossier_id"]), UUID(row["id"])]),
            "words": _words(row, ends, steps),
        }
        for organisation in organisations
        for row in organisation.issued
        if ((ends := _ends(row)) is None or ends > now) and (steps := _steps(row["edition_id"], row["state"]))
    ]


def _ends(row: Mapping[str, Any]) -> datetime | None:
    return moment_of(row["deadline_at"]) if row["deadline_at"] else None


def _steps(edition: str, state: str) -> list[str]:
    """The steps of the holder, in words, where strangers read that the certificate is suspended."""
    scheme = usable(edition)
    if scheme is None or scheme.workflow.status_in_public(state) != "suspended":
        return []
    leaving = scheme.workflow.leaving(state).items()
    return [transition_title(edition, name) for name, step in leaving if APPLICANT in step.by]


def _words(row: Mapping[str, Any], ends: datetime | None, steps: list[str]) -> str:
    known = {"state": state_title(row["edition_id"], row["state"]), "steps": " · ".join(steps)}
    if ends is None:
        return _("The certificate: %(state)s. What you can do: %(steps)s.") % isolated(known)
    known["day"] = date_format(timezone.localdate(ends), "j F Y")
    return _("The certificate: %(state)s. What you can do until %(day)s: %(steps)s.") % isolated(known)
