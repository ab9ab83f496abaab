"""Reading certificates for the public register."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from .models import Certificate

NAMES = (
    "number",
    "holder_ar",
    "holder_en",
    "dossier__organisation__name_ar",
    "dossier__organisation__name_en",
)


def certificate_by_number(number: str) -> Certificate | None:
    """The certificate with everything its page and its paper say; None when there is none. One query."""
    if "\0" in number:  # which PostgreSQL does not even look for
        return None
    rows = Certificate.objects.select_related("dossier__organisation")
    return rows.filter(number=number).first()


def certificates_matching(words: str) -> QuerySet[Certificate]:
    """The certificates whose number or holder's name, as issued or as of today, contains `words`, the newest
    first; all without any."""
    rows = Certificate.objects.select_related("dossier__organisation").order_by("-issued_on", "-number")
    for word in words.split():
        named = [Q(**{f"{name}__icontains": word}) for name in NAMES]
        rows = rows.filter(reduce(or_, named))
    return rows
