"""What the events of a change of scope tell of its words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept, Table, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said

from .models import ScopeChange
from .wording import SCOPE_WORDED

SCOPE_CHANGE = "scope_change"
"""A table of one row, whose key is ()."""


@told_by(SCOPE_CHANGE, "opened")
def _opened(picture: Picture, event: Said) -> None:
    picture.say(event, SCOPE_CHANGE, (), scope_ar="", scope_en="")


@told_by(SCOPE_CHANGE, SCOPE_WORDED)
def _worded(picture: Picture, event: Said) -> None:
    picture.say(event, SCOPE_CHANGE, (), scope_ar=event.data["ar"], scope_en=event.data["en"])


def _kept(changes: Collection[UUID]) -> Iterable[Kept]:
    rows = ScopeChange.objects.filter(pk__in=changes).order_by("pk")
    for pk, ar, en in rows.values_list("pk", "scope_ar", "scope_en"):
        yield pk, (), {"scope_ar": ar, "scope_en": en}


tables.append(Table(SCOPE_CHANGE, SCOPE_CHANGE, SCOPE_CHANGE, _kept, "the change of scope"))
