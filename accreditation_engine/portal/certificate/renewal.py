"""Certificates that run out, offered to be renewed to those who act for their organisation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.renewing import may_be_renewed, near_their_end, not_renewable
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.unusable import usable
from accreditation_engine.portal.dossier.reader import Reader, language
from accreditation_engine.portal.profile.running_out import validity


def renewal_address(reader: Reader, certificate: Certificate) -> str:
    """Where the reader renews it; "" where there is nothing to renew, or it is not theirs to do."""
    if not reader.acts("applicant") or not_renewable(certificate):
        return ""
    return reverse("renew_certificate", args=[certificate.dossier_id, certificate.pk])


def renewals_offered(organisations: Iterable[Any]) -> list[dict[str, Any]]:
    """[{title, number, url, words}] for home, from organisations with their certificates that are `near`. No
    query."""
    today = timezone.localdate()
    return [
        {
            "title": scheme.workflow.title.in_language(language()),
            "number": each["number"],
            "url": reverse("renew_certificate", args=[UUID(each["dossier_id"]), UUID(each["id"])]),
            "words": validity(date.fromisoformat(each["valid_until"]), today),
        }
        for organisation in organisations
        for each in organisation.near
        if may_be_renewed(each["edition_id"], each["state"])
        and (scheme := usable(each["judged_by"])) is not None
    ]


def near_in_sql() -> Rows:
    """The certificates of an organisation that are near their end, for its row."""
    rows = near_their_end(OuterRef("pk")).annotate(judged_by=F("dossier__edition"))
    return Rows(rows, "id", "dossier_id", "number", "valid_until", "edition_id", "state", "judged_by")
