"""When a figure is to be read with care.

All these figures set disagreement against how much ratings vary. Where reviewers use only a little of the scale
there is little variation, and the figure falls, or swings with a single rating, although they hardly differ
(Feinstein and Cicchetti 1990 call it a paradox). So a figure says when the range is narrow:

* one value is at least 80 % of the ratings, so that the few others decide the figure; or
* where the scale is known, the middle 90 % of the ratings span less than a third of it: two neighbouring steps of
  a scale from 0 to 4, but not three.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .figures import Caution
from .table import RatingTable

DOMINANT = 0.8
NARROW = 1 / 3
FEW_UNITS = 20
"""Below this intervals are wide, and in simulations still narrower than they should be (see `resampling`)."""


def cautions(table: RatingTable, *, perfect: bool = False) -> tuple[Caution, ...]:
    """Cautions about a figure made of all of `table`; `perfect` when it saw no disagreement at all, so that there
    is no telling how much there might be."""
    found = list(_range_cautions(table))
    if table.units < FEW_UNITS:
        found.append(Caution("few_units", {"units": str(table.units)}))
    if perfect:
        found.append(Caution("no_disagreement"))
    return tuple(found)


def _range_cautions(table: RatingTable) -> Iterator[Caution]:
    given = table.codes[table.codes >= 0]
    uses = np.bincount(given, minlength=len(table.values))
    if uses.max() >= DOMINANT * len(given):
        share = f"{100 * uses.max() / len(given):.0f}"
        yield Caution("one_value_dominates", {"value": shown(table.values[uses.argmax()]), "percent": share})
    if table.scale and not isinstance(table.values[0], str):
        least, greatest = table.scale
        low, high = np.quantile(table.numbers[given], (0.05, 0.95), method="closest_observation")
        if high - low < NARROW * (greatest - least):
            yield Caution("narrow_range", {"low": shown(low), "high": shown(high)})


def shown(value: float | str) -> str:
    """A rating as people write it: 3 rather than 3.0."""
    return value if isinstance(value, str) else f"{value:.10g}"
