"""What is unusually small among values that spread widely: by median and MAD, which few odd values do not move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from statistics import median

LIKE_A_DEVIATION = 1.4826
"""By which the MAD of a normal distribution is multiplied to give its standard deviation."""


@dataclass(frozen=True)
class Usual:
    """`median` in the unit of the values, `spread` of their logarithms, 0 where more than half are the same."""

    median: float
    spread: float
    count: int

    def below(self, value: float, least: float) -> float:
        """By how many deviations `value` lies below the median on a logarithmic scale: times have no lower tail on
        any other. 0 where the values do not spread. What is smaller than `least` counts as that."""
        if not self.spread:
            return 0.0
        return (log(self.median) - log(max(value, least))) / self.spread


def usual(values: Sequence[float], least: float) -> Usual:
    """Of at least one value; what is smaller than `least` (above 0) counts as that."""
    logs = [log(max(each, least)) for each in values]
    middle = median(logs)
    spread = LIKE_A_DEVIATION * median(abs(each - middle) for each in logs)
    return Usual(median([max(each, least) for each in values]), spread, len(values))
