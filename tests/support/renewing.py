"""A certificate whose last day is near."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import time_machine
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate
from tests.support.world import World


@contextmanager
def running_out(world: World) -> Iterator[Certificate]:
    """Inside the block, it has a month left."""
    rows = Certificate.objects.select_related("dossier__organisation")
    found = rows.get(dossier=world.dossier("certified"))
    assert found.valid_until is not None
    left = found.valid_until - timezone.localdate() - timedelta(days=30)
    with time_machine.travel(timezone.now() + left):
        yield found
