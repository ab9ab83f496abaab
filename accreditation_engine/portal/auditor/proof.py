"""Where an event stands in the tree, and what proves it."""

from __future__ import annotations

from typing import Any

from accreditation_engine.trail.models import Checkpoint, Event, Place
from accreditation_engine.trail.transparency.proofs import included


def proof_of(event: Event) -> dict[str, Any]:
    """`position` in the tree, the first `checkpoint` that covers it, and the `path` of hashes from the one to the
    root of the other; nothing while the event waits for the next checkpoint. A few queries."""
    place = Place.objects.filter(event=event.pk).exclude(position=None).first()
    if place is None or place.position is None:
        return {}
    checkpoint = Checkpoint.objects.filter(size__gt=place.position).order_by("size").first()
    if checkpoint is None:
        return {}
    proof = included(int(place.position), checkpoint.size)
    return {"position": place.position, "checkpoint": checkpoint, "path": [each.hex() for each in proof.path]}
