"""Files that are kept for good: what their events tell of them, and what their rows say."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept
from accreditation_engine.engine.replay.said import Said

from .kept import KeptFile
from .storing import path_of


def as_filed(event: Said, folder: str) -> dict[str, Any]:
    """The values of the row that was filed with `event`."""
    values = {name: value for name, value in event.data.items() if name != "file"}
    return {
        **values,
        "path": path_of(values["sha256"], folder=folder),
        "filed_by": event.actor,
        "filed_at": event.at,
        "erased_at": None,
    }


def as_kept(model: type[KeptFile], streams: Collection[UUID], *more: str) -> Iterator[Kept]:
    """The same of the rows as they lie, with those fields that `more` names. One query."""
    filed = model._default_manager.filter(**{f"{model.kept_for}__in": streams})
    for each in filed.order_by(model.kept_for, "filed_at", "pk"):
        values = each.said()
        key = (values.pop("file"),)
        values |= {"path": each.path, "filed_by": each.filed_by_id}
        values |= {name: getattr(each, name) for name in ("filed_at", "erased_at", *more)}
        yield each.stream, key, values
