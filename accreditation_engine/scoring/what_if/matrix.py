"""Many sets of ratings as one matrix of codes, so that a rubric is scored on all of them at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..ratings import Rating, Ratings

Codes = NDArray[np.int32]
UNANSWERED = -1


@dataclass(frozen=True)
class RatingMatrix:
    """`codes[row, column]` is the place in `answers` of what dossier `row` has for criterion `column`, and
    UNANSWERED where it has nothing. `answers` are all distinct, exact ratings and words."""

    dossiers: Sequence[Any]
    criteria: tuple[str, ...]
    codes: Codes
    answers: tuple[Rating, ...]

    @classmethod
    def of(cls, ratings: Mapping[Any, Ratings], criteria: Iterable[str]) -> RatingMatrix:
        """The matrix of {dossier: {criterion: rating}}; what is rated outside `criteria` is left out."""
        columns = tuple(criteria)
        found: dict[Hashable, int] = {}
        codes = np.array(
            [
                [
                    found.setdefault(rated[each], len(found)) if each in rated else UNANSWERED
                    for each in columns
                ]
                for rated in ratings.values()
            ],
            dtype=np.int32,
        ).reshape(len(ratings), len(columns))
        return cls(tuple(ratings), columns, codes, tuple(found))  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(self.codes)

    def ratings(self, row: int) -> dict[str, Rating]:
        """What dossier `row` was rated, as it went in."""
        return {
            name: self.answers[code]
            for name, code in zip(self.criteria, self.codes[row].tolist(), strict=True)
            if code != UNANSWERED
        }

    def columns(self, criteria: Iterable[str]) -> Codes:
        """The codes of `criteria` in their order, a column each; a criterion nobody was asked is unanswered."""
        places = {name: place for place, name in enumerate(self.criteria)}
        wanted = list(criteria)
        chosen = np.full((len(self), len(wanted)), UNANSWERED, dtype=np.int32)
        for column, name in enumerate(wanted):
            if name in places:
                chosen[:, column] = self.codes[:, places[name]]
        return chosen
