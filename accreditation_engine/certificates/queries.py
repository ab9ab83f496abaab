"""Reading certificates for the public register."""

from __future__ import annotations

from django.db.models import QuerySet

from accreditation_engine.trail.folding import HoldsEvery, as_meant, folded, together

from .models import Certificate

NAMES = (
    "number",
    "holder_ar",
    "holder_en",
    "dossier__organisation__name_ar",
    "dossier__organisation__name_en",
)


def certificate_by_number(number: str) -> Certificate | None:
    """The certificate with everything its page and its paper say, however its number was typed; None when there is
    none. One query."""
    if "\0" in number:  # which PostgreSQL does not even look for
        return None
    rows = Certificate.objects.select_related("dossier__organisation")
    return rows.filter(number=folded(as_meant(number)).strip().upper()).first()


def certificates_matching(words: str) -> QuerySet[Certificate]:
    """The certificates in whose number and holder's names, as issued or as of today, every one of `words` stands,
    however they are spelt, the newest first; all without any."""
    rows = Certificate.objects.select_related("dossier__organisation").order_by("-issued_on", "-number")
    return rows.filter(HoldsEvery(together(*NAMES), words=words)) if words.strip() else rows
