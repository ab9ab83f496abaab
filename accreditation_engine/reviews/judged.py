"""What a dossier is judged on: its score sheets, and the first assessments that growth is counted from."""

from __future__ import annotations

from dataclasses import dataclass

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.scoring import ScoreSheet

from .first_assessments import First, first_assessments
from .sheets import FIELDS, combined_sheet, sent_ratings


@dataclass(frozen=True)
class Judged:
    """`first` is None where there was none, and where the rubric does not ask for growth."""

    sheet: ScoreSheet
    first: First | None = None


def judged_of(dossier: Dossier) -> dict[str, Judged]:
    """By rubric id, for each rubric of the dossier's edition. One query, and one for each rubric that asks for
    growth."""
    rows = list(sent_ratings(dossier.pk).values(*FIELDS))
    found = {}
    for name, rubric in compiled(dossier.edition_id).rubrics.items():
        first = first_assessments([dossier.pk], name).get(dossier.pk) if rubric.asks_growth else None
        found[name] = Judged(combined_sheet(rows, rubric, first.sheet if first else None), first)
    return found


def sheets_of(dossier: Dossier) -> dict[str, ScoreSheet]:
    """The sheets alone."""
    return {name: each.sheet for name, each in judged_of(dossier).items()}
