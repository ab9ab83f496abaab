"""The outcome of many dossiers under one rubric, the same as `score_sheet` gives for each.

A float pass decides nearly all; the few whose scores lie where rounding turns are scored again exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from accreditation_engine.definitions.rubric import Rubric

from ..alike import alike
from ..sheet import ScoreSheet, score_sheet
from .matrix import RatingMatrix
from .means import Bools, Floats
from .shares import Node, Shares, score_all
from .tables import Tables
from .truths import Truths

Ranks = NDArray[np.int64]
NO_OUTCOME = -1
"""The rank of a dossier that is not complete, or to which no criterion applies."""


@dataclass(frozen=True)
class Rescored:
    """`ranks[row]` is the place of the dossier's outcome in the rubric, 0 the best, or NO_OUTCOME.

    `leaves` say of each condition's leaf, in the order of the file, for whom it holds as far as floats can tell;
    `exactly` is how many dossiers had to be scored one by one, because they cannot.
    """

    rubric: Rubric
    matrix: RatingMatrix
    shares: Shares
    ranks: Ranks
    leaves: Sequence[Bools]
    exactly: int
    first: Mapping[Any, ScoreSheet] = field(default_factory=dict)

    def outcome(self, row: int) -> str | None:
        rank = self.ranks[row]
        return None if rank == NO_OUTCOME else self.rubric.outcomes[rank].outcome

    def sheet(self, row: int) -> ScoreSheet:
        """The whole sheet of one dossier, exactly."""
        first = self.first.get(self.matrix.dossiers[row])
        return score_sheet(self.rubric, _asked(self.matrix, row, self.rubric), first_assessment=first)

    def again(self, rubric: Rubric, *, kept: Mapping[str, Node] | None = None) -> Rescored:
        """The same ratings under `rubric`, which differs in weights and conditions only. For `kept`, see
        `score_all`."""
        tables = Tables(rubric, self.shares.tables.codes, self.shares.tables.meanings)
        return _rescored(self.matrix, score_all(tables, kept), self.first)


def rescore(
    rubric: Rubric, matrix: RatingMatrix, *, first_assessments: Mapping[Any, ScoreSheet] | None = None
) -> Rescored:
    """Score every dossier of `matrix` under `rubric`.

    `first_assessments` are sheets by dossier, from which growth is counted. Raises RatingProblems where
    ratings are off the scale of `rubric`. 7,000 dossiers of 62 criteria take a few hundredths of a second.
    """
    return rescored_against(Tables.of(rubric, matrix), matrix, first_assessments or {})


def rescored_against(tables: Tables, matrix: RatingMatrix, first: Mapping[Any, ScoreSheet]) -> Rescored:
    """As `rescore`, with tables of `matrix` and sheets of first assessments at hand."""
    return _rescored(matrix, score_all(tables), first)


def _rescored(matrix: RatingMatrix, shares: Shares, first: Mapping[Any, ScoreSheet]) -> Rescored:
    rubric = shares.tables.rubric
    truths = Truths(shares, first_scores(rubric, matrix.dossiers, first))
    ranks = _ranks(rubric, truths)
    judged = shares.tables.complete & ~np.isnan(shares.whole.share)
    ranks[~judged] = NO_OUTCOME
    unsure = np.flatnonzero(truths.near & judged).tolist()
    found = Rescored(rubric, matrix, shares, ranks, truths.leaves, len(unsure), first)
    order = {each.outcome: rank for rank, each in enumerate(rubric.outcomes)}
    for row in unsure:
        ranks[row] = order.get(found.sheet(row).outcome or "", NO_OUTCOME)
    return found


def _ranks(rubric: Rubric, truths: Truths) -> Ranks:
    ranks = np.full(len(truths.near), NO_OUTCOME, dtype=np.int64)
    for rank, outcome in enumerate(rubric.outcomes):
        still = ranks == NO_OUTCOME
        if outcome.when is not None:
            still &= truths.judge(outcome.when)
        ranks[still] = rank
    return ranks


def first_scores(rubric: Rubric, dossiers: Sequence[Any], first: Mapping[Any, ScoreSheet]) -> Floats | None:
    """As floats, NaN where there is none that `rubric` can be measured against; None where nobody has any."""
    if not first:
        return None
    exact = [
        sheet.scores.whole.exact_score
        if (sheet := first.get(each)) and sheet.complete and alike(sheet.rubric, rubric)
        else None
        for each in dossiers
    ]
    return np.array([np.nan if score is None else float(score) for score in exact])


def _asked(matrix: RatingMatrix, row: int, rubric: Rubric) -> dict[str, Any]:
    """The ratings of one dossier, without criteria that `rubric` has not."""
    known = {each.id for each in rubric.every_criterion()}
    return {name: rating for name, rating in matrix.ratings(row).items() if name in known}
