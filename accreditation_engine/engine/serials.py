"""Numbers without gaps or doubles: dossiers and certificates of a series."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from .models import Serial


def next_numbers(series: str, how_many: int = 1) -> list[int]:
    """The next numbers of `series`, counted from 1. The series is locked until the transaction ends."""
    with transaction.atomic():
        Serial.objects.get_or_create(series=series, defaults={"value": 0})
        Serial.objects.filter(pk=series).update(value=F("value") + how_many)
        last = Serial.objects.get(pk=series).value
    return list(range(last - how_many + 1, last + 1))
