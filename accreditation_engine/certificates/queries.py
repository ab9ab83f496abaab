"""Reading certificates for the public register."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from .models import Certificate


def certificate_by_number(number: str) -> Certificate | None:
    """The certificate with everything its page and its paper say; None when there is none. One query."""
    if "\0" in number:  # which PostgreSQL does not even look for
        return None
    rows = Certificate.objects.select_related("dossier__organisation")
    return rows.filter(number=number).first()


def certificates_matching(words: str) -> QuerySet[Certificate]:
    """The certificates whose number or holder's name contains `words`, the newest first; all without any."""
    rows = Certificate.objects.select_related("dossier__organisation").order_by("-issued_on", "-number")
    for word in words.split():
        named = Q(dossier__organisation__name_ar__icontains=word) | Q(
            dossier__organisation__name_en__icontains=word
        )
        rows = rows.filter(named | Q(number__icontains=word))
    return rows
