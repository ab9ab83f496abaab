"""Who reviewed the organisation's last dossier, where a workflow asks others to review the next."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accreditation_engine.reviews.models import Assignment


def reviewed_last_time(person: Any, organisation: Any, scheme: Any, before: Any) -> QuerySet[Assignment]:
    """The reviews that `person` sent of the last dossier of `organisation` under `scheme` that was reviewed at all
    and opened `before` a moment: values, or what stands for them in a query."""
    earlier = _sent().filter(
        dossier__organisation=organisation, dossier__scheme=scheme, dossier__opened_at__lt=before
    )
    later = earlier.filter(dossier__opened_at__gt=OuterRef("dossier__opened_at"))
    return earlier.filter(~Exists(later), reviewer=person)


def last_time_in_sql(person: Any) -> QuerySet[Assignment]:
    """The same inside a question about dossiers."""
    earlier = _sent().filter(
        dossier__organisation=OuterRef("organisation"),
        dossier__scheme=OuterRef("scheme"),
        dossier__opened_at__lt=OuterRef("opened_at"),
    )
    later = _sent().filter(
        dossier__organisation=OuterRef("dossier__organisation"),
        dossier__scheme=OuterRef("dossier__scheme"),
        dossier__opened_at__gt=OuterRef("dossier__opened_at"),
        dossier__opened_at__lt=OuterRef(OuterRef("opened_at")),
    )
    return earlier.filter(~Exists(later), reviewer=person)


def _sent() -> QuerySet[Assignment]:
    return Assignment.objects.filter(sent_at__isnull=False, released_at=None)
