"""All figures of one table, as `manage.py agreement` prints them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .alpha import krippendorff_alpha
from .cohen import Weights, cohens_kappa
from .figures import Figure
from .fleiss import fleiss_kappa
from .icc import intraclass_correlations
from .resampling import RESAMPLES, SEED
from .table import Level, RatingTable


@dataclass(frozen=True, eq=False)
class Agreement:
    """`cohen` is empty unless there are two raters: unweighted at the nominal level, else linear and quadratic.
    `icc` holds the six in their order. Figures that cannot be made say why."""

    table: RatingTable
    level: Level
    alpha: Figure
    fleiss: Figure
    cohen: tuple[Figure, ...]
    icc: tuple[Figure, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (self.alpha, self.fleiss, *self.cohen, *self.icc)

    def as_json(self) -> dict[str, Any]:
        """Figures as numbers, null where undefined, in full precision:

        `level`, `units`, `raters`, `ratings`, `complete` describe the table. `alpha`, `fleiss_kappa`,
        `cohens_kappa` ({weights: number}, empty unless there are two raters) and `icc` ({"ICC(1,1)": number, ...})
        are the values. `details` has the same names and says of each figure: `value`; `undefined` (a code, or
        null); `interval` (`low`, `high`, `confidence`, `method`, `resamples`, or null); `units`, `raters` and
        `values` it was made from; `cautions` (each with its `code`).
        """
        return {
            "level": self.level,
            "units": self.table.units,
            "raters": self.table.raters,
            "ratings": self.table.ratings,
            "complete": self.table.complete,
            "alpha": self.alpha.value,
            "fleiss_kappa": self.fleiss.value,
            "cohens_kappa": {each.variant: each.value for each in self.cohen},
            "icc": {each.name: each.value for each in self.icc},
            "details": {
                "alpha": self.alpha.as_json(),
                "fleiss_kappa": self.fleiss.as_json(),
                "cohens_kappa": {each.variant: each.as_json() for each in self.cohen},
                "icc": {each.name: each.as_json() for each in self.icc},
            },
        }


def agreement(table: RatingTable, level: Level, *, resamples: int = RESAMPLES, seed: int = SEED) -> Agreement:
    """Every figure that can be made of `table` at `level`.

    Raises ValueError for words at any level but nominal, and for negative numbers at the ratio level.
    """
    weights: tuple[Weights, ...] = ("unweighted",) if level == "nominal" else ("linear", "quadratic")
    return Agreement(
        table,
        level,
        krippendorff_alpha(table, level, resamples=resamples, seed=seed),
        fleiss_kappa(table, resamples=resamples, seed=seed),
        tuple(cohens_kappa(table, each, resamples=resamples, seed=seed) for each in weights)
        if table.raters == 2
        else (),
        intraclass_correlations(table, level),
    )
