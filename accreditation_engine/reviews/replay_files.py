"""Files that came with what an organisation wrote, as the tables have them: for comparing them with the events."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Model

from accreditation_engine.engine.replay.comparing import Kept


def files_of(model: type[Model], owner: str) -> Callable[[Collection[UUID]], Iterable[Kept]]:
    """The rows of `model`, which ties evidence to what `owner` names: by the number of its event and the SHA-256,
    where each lies in evidence."""

    def kept(dossiers: Collection[UUID]) -> Iterable[Kept]:
        rows: Any = model._default_manager.filter(**{f"{owner}__dossier__in": dossiers}).order_by("pk")
        for each in rows.select_related(owner, "evidence"):
            lies, came_with = each.evidence, getattr(each, owner)
            where = {"dossier": lies.dossier_id, "rubric": lies.rubric, "criterion": lies.criterion}
            yield came_with.dossier_id, (came_with.seq, lies.sha256), where

    return kept
