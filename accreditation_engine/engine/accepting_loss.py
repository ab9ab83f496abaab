"""Signing on although less is here than was signed: somebody answers for it, by name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from accreditation_engine.trail.models import Event
from accreditation_engine.trail.transparency.floor import lower_floors, sunk

from .recording import record

ADMINISTRATOR = "administrator"
LOSS_ACCEPTED = "loss_accepted"


class Loss(NamedTuple):
    """That `signed` events had been signed, and `held` were here when somebody answered for it."""

    at: datetime
    signed: int
    held: int


def losses() -> Iterator[Loss]:
    """Every loss that was accepted, in order: whoever verifies is told, as nothing else shows it. One query."""
    for event in Event.objects.filter(kind=LOSS_ACCEPTED).order_by("at", "pk"):
        yield Loss(event.at, event.data["signed"], event.data["held"])


def accept_loss(*, by: Any, role: str, reason: str) -> bool:
    """Write down in the trail of `by` (a user) what was signed and is not here, and take its floor back. Gives
    False, with nothing written, where nothing is missing. Whoever kept a checkpoint of what is lost still sees it.
    Raises TrailBroken where a file does not say what was signed."""
    broken, size = sunk()
    if not broken:
        return False
    most = max(broken, key=lambda each: each.size)
    data = {"signed": most.size, "root": most.root, "held": size}
    with transaction.atomic():
        record(by.pk, LOSS_ACCEPTED, by, role=role, comment=reason, data=data)
        transaction.on_commit(lower_floors)
    return True
