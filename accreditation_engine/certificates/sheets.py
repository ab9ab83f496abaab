"""The score sheets that certificates rest on."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.reviews.first_assessments import first_assessments
from accreditation_engine.reviews.sheets import FIELDS, combined_sheet, sent_ratings
from accreditation_engine.scoring import ScoreSheet


def sheets_of(dossiers: list[UUID], rubric: Rubric) -> dict[UUID, ScoreSheet]:
    """What each came to, growth counted from its first assessment."""
    rows: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in sent_ratings(dossiers).values("assignment__dossier_id", *FIELDS):
        rows[row["assignment__dossier_id"]].append(row)
    first = first_assessments(dossiers, rubric.id) if rubric.asks_growth else {}
    before = {dossier: each.sheet for dossier, each in first.items()}
    return {dossier: combined_sheet(rows[dossier], rubric, before.get(dossier)) for dossier in dossiers}


def areas_of(sheet: ScoreSheet) -> list[dict[str, str | None]]:
    """The areas of the first level with their percents as text."""
    nodes = [(area.id, sheet.areas[area.id].percent) for area in sheet.rubric.areas]
    return [{"id": name, "percent": None if percent is None else str(percent)} for name, percent in nodes]
