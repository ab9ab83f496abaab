"""Signing on although less is here than was signed: somebody answers for it, by name."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accreditation_engine.trail.transparency.floor import lower_floors, sunk

from .recording import record

ADMINISTRATOR = "administrator"
LOSS_ACCEPTED = "loss_accepted"


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
