"""Whoever raised a concern and left an address is told of each step. Who writes the mail registers here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from django.db import transaction

from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.engine.registry import Taken, effect

writers: list[Callable[[UUID], None]] = []


@effect("tell_complainant")
def tell_complainant(taken: Sequence[Taken], parameters: Parameters) -> None:
    """Once the step is committed: a mail never speaks of what did not happen."""
    for each in taken:
        for write in writers:
            transaction.on_commit(partial(write, each.subject.pk))
