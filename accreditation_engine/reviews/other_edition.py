"""What files that were reviewed would score under another edition of their scheme, beside what they score now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.unusable import usable
from accreditation_engine.scoring import ScoreSheet

from .first_assessments import first_assessments
from .sheets import FIELDS, Sent, combined_sheet, sent_ratings


@dataclass(frozen=True)
class Rescored:
    """Of the files that have a whole score under both editions of `rubric`: their percentages now and then, in one
    order, and how many would come to another outcome."""

    rubric: Rubric
    before: tuple[Decimal, ...]
    after: tuple[Decimal, ...]
    other_outcomes: int

    @property
    def changes(self) -> list[Decimal]:
        """In percentage points, of those that change."""
        both = zip(self.before, self.after, strict=True)
        return [after - before for before, after in both if after != before]


def rescored(files: Sequence[Any], to: Compiled) -> list[Rescored]:
    """For each rubric of `to` that counts otherwise than the edition of one of `files` (dossiers) does; rubrics
    that nothing changes in are left out. One query for the ratings, and one for each rubric that asks for
    growth."""
    changed = {edition: _changed(edition, to) for edition in {each.edition_id for each in files}}
    other = {each.pk: each.edition_id for each in files if changed[each.edition_id]}
    if not other:
        return []
    sent: dict[UUID, list[Any]] = defaultdict(list)
    for row in sent_ratings(list(other)).values("assignment__dossier", *FIELDS):
        sent[row["assignment__dossier"]].append(row)
    found = [
        _of_rubric(
            rubric,
            [(other[pk], pk, rows) for pk, rows in sent.items() if name in changed[other[pk]]],
        )
        for name, rubric in to.rubrics.items()
    ]
    return [each for each in found if each.changes or each.other_outcomes]


def _changed(edition: str, to: Compiled) -> frozenset[str]:
    """The rubrics that both have, and that count otherwise."""
    old = usable(edition)
    if old is None:
        return frozenset()
    return frozenset(
        name
        for name, rubric in to.rubrics.items()
        if name in old.rubrics and _other(old.rubrics[name], rubric)
    )


def _other(old: Rubric, new: Rubric) -> bool:
    """An edition that is only called otherwise counts alike."""
    return old.model_copy(update={"edition": new.edition}) != new


def _of_rubric(new: Rubric, files: Sequence[tuple[str, UUID, Sent]]) -> Rescored:
    asks = new.asks_growth and files
    first = first_assessments([pk for _edition, pk, _rows in files], new.id) if asks else {}
    pairs = []
    for edition, pk, rows in files:
        old = usable(edition)
        growth = first[pk].sheet if pk in first else None
        if old is not None:
            pairs.append(
                (combined_sheet(rows, old.rubrics[new.id], growth), combined_sheet(rows, new, growth))
            )
    whole = list(_whole(pairs))
    return Rescored(
        new,
        tuple(before for before, _after, _outcome in whole),
        tuple(after for _before, after, _outcome in whole),
        sum(outcome for _before, _after, outcome in whole),
    )


def _whole(pairs: Sequence[tuple[ScoreSheet, ScoreSheet]]) -> Iterator[tuple[Decimal, Decimal, bool]]:
    for old, new in pairs:
        if old.complete and new.complete and old.percent is not None and new.percent is not None:
            yield old.percent, new.percent, old.outcome != new.outcome
