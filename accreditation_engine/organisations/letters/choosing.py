"""How often somebody wants mail: their own choice, which holds for what waits already as well."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accreditation_engine.trail.rows import update

from ..models import User
from .models import Letter
from .moments import ripe_at


def choose_digest(person: User, digest: str) -> None:
    """`digest` is one of `models.Digest`. Three statements at most, whatever waits."""
    now = timezone.now()
    with transaction.atomic():
        User.objects.filter(pk=person.pk).update(digest=digest)
        waiting = list(Letter.objects.filter(person=person, mail=None, dropped_at=None))
        for letter in waiting:
            letter.ripe_at = ripe_at(digest, now, due_at=letter.due_at, urgent=letter.urgent)
        if waiting:
            update(Letter, waiting, ("ripe_at",))
    person.digest = digest
