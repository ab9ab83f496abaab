"""Gathering letters into mails: all that waits for one person goes in one."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from .models import Letter, Mail

AT_ONCE = 500


def gather() -> int:
    """Make a mail for everybody for whom a letter is ripe; give how many were made."""
    ripe = Letter.objects.filter(mail=None, dropped_at=None, ripe_at__lte=timezone.now())
    people = ripe.order_by().values_list("person", flat=True).distinct()[:AT_ONCE]
    return sum(_gathered(person) for person in list(people))


def _gathered(person: UUID) -> bool:
    """A letter is in one mail: whoever gathers at the same time finds none left."""
    with transaction.atomic():
        mail = Mail.objects.create(person_id=person)
        waiting = Letter.objects.filter(person=person, mail=None, dropped_at=None)
        if not waiting.update(mail=mail):
            transaction.set_rollback(True)
            return False
    return True
