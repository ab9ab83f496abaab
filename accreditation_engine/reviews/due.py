"""When a review is due."""

from __future__ import annotations

from datetime import datetime

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.due import falls_due


def due_at(dossier: Dossier, asked_at: datetime) -> datetime | None:
    """When a review of `dossier` is due whose reviewer was asked at `asked_at`; None where its workflow does not
    say."""
    workflow = compiled(dossier.edition_id).workflow
    reviewing = workflow.reviewing
    if reviewing is None or reviewing.due is None:
        return None
    return falls_due(workflow, asked_at, reviewing.due, reviewing.counts)
