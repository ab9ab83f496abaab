"""What a dossier is judged on: its score sheets, and the first assessments that growth is counted from."""

from __future__ import annotations

from dataclasses import dataclass

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.scoring import ScoreSheet

from .first_assessments import First, first_assessments
from .raising import reconciles
from .sheets import FIELDS, Sent, combined_sheet, sent_ratings, unreconciled


@dataclass(frozen=True)
class Judged:
    """`first` is None where there was none, and where the rubric does not ask for growth. `to_agree` are the
    criteria on which reviewers have yet to agree; until they have, the sheet counts their mean."""

    sheet: ScoreSheet
    first: First | None = None
    to_agree: tuple[str, ...] = ()


def judged_of(dossier: Dossier, sent: Sent | None = None) -> dict[str, Judged]:
    """By rubric id, for each rubric of the dossier's edition. `sent` are the ratings that count, where they are at
    hand; else one query for them. And one for each rubric that asks for growth."""
    rows = list(sent_ratings(dossier.pk).values(*FIELDS)) if sent is None else sent
    scheme = compiled(dossier.edition_id)
    found = {}
    for name, rubric in scheme.rubrics.items():
        first = first_assessments([dossier.pk], name).get(dossier.pk) if rubric.asks_growth else None
        sheet = combined_sheet(rows, rubric, first.sheet if first else None)
        found[name] = Judged(sheet, first, _to_agree(rows, scheme, rubric))
    return found


def _to_agree(rows: Sent, scheme: Compiled, rubric: Rubric) -> tuple[str, ...]:
    """Where no step waits for it, nobody agrees. A rubric that reads another has that one's ratings."""
    if not reconciles(scheme):
        return ()
    return tuple(each.criterion for each in unreconciled(rows, scheme.asked[rubric.asked_as]))


def sheets_of(dossier: Dossier) -> dict[str, ScoreSheet]:
    """The sheets alone."""
    return {name: each.sheet for name, each in judged_of(dossier).items()}
