"""Reading certificates for the public register."""

from __future__ import annotations

from .models import Certificate


def certificate_by_number(number: str) -> Certificate | None:
    """The certificate with everything its page and its paper say; None when there is none. One query."""
    rows = Certificate.objects.select_related("dossier__organisation")
    return rows.filter(number=number).first()
