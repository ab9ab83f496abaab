"""What the events of a complaint tell beside its state and what it was opened as: which special audit was called
for because of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept, Table, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said

from .auditing import AUDIT_CALLED
from .models import Complaint

AUDITS = "audit"
"""A table of a picture; its key is ()."""


@told_by("complaint", "opened")
def _opened(picture: Picture, event: Said) -> None:
    picture.say(event, AUDITS, (), audit=None)


@told_by("complaint", AUDIT_CALLED)
def _called(picture: Picture, event: Said) -> None:
    picture.say(event, AUDITS, (), audit=UUID(event.data["upkeep"]))


def _audits(complaints: Collection[UUID]) -> Iterable[Kept]:
    for pk, audit in Complaint.objects.filter(pk__in=complaints).values_list("pk", "audit"):
        yield pk, (), {"audit": audit}


tables.append(Table("complaint", AUDITS, "complaint", _audits, "the concern"))
