"""Reading certificates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accreditation_engine.trail.folding import as_meant, folded

from .models import Certificate


def certificate_by_number(number: str, **beside: Any) -> Certificate | None:
    """The certificate with everything its page and its paper say, and what is asked `beside` in SQL, however its
    number was typed; None when there is none. One query."""
    if "\0" in number:  # which PostgreSQL does not even look for
        return None
    rows = Certificate.objects.select_related("dossier__organisation")
    return rows.filter(number=folded(as_meant(number)).strip().upper()).annotate(**beside).first()


def certificates_of(organisation: UUID) -> list[Certificate]:
    """All that the organisation holds or held, the latest first, with everything their pages say. One query."""
    rows = Certificate.objects.select_related("dossier__organisation")
    return list(rows.filter(dossier__organisation=organisation).order_by("-issued_on", "-number"))


def number_issued_on(dossier: UUID | None) -> str:
    """The number of the certificate that was issued on this file first; "" where there is none. One query."""
    rows = Certificate.objects.filter(dossier=dossier).order_by("issued_on", "number")
    return rows.values_list("number", flat=True).first() or ""


def issued_to(organisation: Any, scheme: Any, rubric: Any) -> QuerySet[Certificate]:
    """What an organisation was ever issued for this; each an id or a name, or what stands for one in SQL."""
    return Certificate.objects.filter(
        dossier__organisation=organisation, dossier__scheme=scheme, rubric=rubric
    )
