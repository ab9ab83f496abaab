"""Reviewers who are harsher or milder than their peers, from what others rated too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import fsum, sqrt
from statistics import fmean
from typing import NamedTuple

from .figures import Caution, Interval
from .quantiles import t_quantile

FEW_DOSSIERS = 5


class Row(NamedTuple):
    """One number that a reviewer gave. Answers that are words are not rows."""

    reviewer: Hashable
    dossier: Hashable
    criterion: Hashable
    value: float | Decimal | Fraction


@dataclass(frozen=True)
class Severity:
    """How a reviewer differs from the mean of the others on the same criterion of the same dossier.

    `difference` is in points of the scale, below 0 for harsher. `standard_error` and `interval` (95 %) count
    dossiers, not criteria, because whoever is harsh on one criterion of a dossier is so on its others; they are
    None when there are fewer than two dossiers or all differ alike, and `cautions` then say so.
    """

    reviewer: Hashable
    difference: float
    standard_error: float | None
    interval: Interval | None
    ratings: int
    dossiers: int
    peers: int
    cautions: tuple[Caution, ...] = ()

    @property
    def direction(self) -> str:
        """ "harsher" or "milder" when the interval is all on one side of 0; else "unclear"."""
        if self.interval is None or self.interval.low <= 0 <= self.interval.high:
            return "unclear"
        return "harsher" if self.difference < 0 else "milder"


class _Difference(NamedTuple):
    dossier: Hashable
    points: float
    peers: frozenset[Hashable]


def severity(rows: Iterable[Row | tuple[Hashable, Hashable, Hashable, float]]) -> dict[Hashable, Severity]:
    """Per reviewer the mean difference from peers, in the order in which reviewers first appear.

    `rows` are (reviewer, dossier, criterion, value) in any order. What only one person rated says nothing about
    anybody, and who shares no rating with others is not in the result. Raises ValueError when a reviewer rated
    the same criterion of the same dossier twice.

    Peers are taken as they are: who always meets the harshest colleague looks mild. With two reviewers the
    figures mirror each other, and `one_peer` says so.
    """
    units: dict[tuple[Hashable, Hashable], dict[Hashable, float]] = defaultdict(dict)
    differences: dict[Hashable, list[_Difference]] = {}
    for reviewer, dossier, criterion, value in rows:
        if reviewer in units[dossier, criterion]:
            raise ValueError(f"{reviewer!r} rated {criterion!r} of {dossier!r} twice")
        units[dossier, criterion][reviewer] = float(value)
        differences.setdefault(reviewer, [])
    for (dossier, _), values in units.items():
        for reviewer, difference in _from_peers(dossier, values):
            differences[reviewer].append(difference)
    return {reviewer: _summary(reviewer, found) for reviewer, found in differences.items() if found}


def _from_peers(
    dossier: Hashable, values: Mapping[Hashable, float]
) -> Iterable[tuple[Hashable, _Difference]]:
    if len(values) < 2:
        return
    total = fsum(values.values())
    for reviewer, value in values.items():
        others = (total - value) / (len(values) - 1)
        yield reviewer, _Difference(dossier, value - others, frozenset(values) - {reviewer})


def _summary(reviewer: Hashable, found: list[_Difference]) -> Severity:
    mean = fmean(each.points for each in found)
    dossiers = len({each.dossier for each in found})
    peers = frozenset[Hashable]().union(*(each.peers for each in found))
    error = _standard_error(found, mean)
    return Severity(
        reviewer,
        mean,
        error,
        _interval(mean, error, dossiers),
        len(found),
        dossiers,
        len(peers),
        tuple(_cautions(dossiers, len(peers), error)),
    )


def _standard_error(found: list[_Difference], mean: float) -> float | None:
    """Of a mean of clusters: sqrt(D / (D - 1) x sum over dossiers of (sum of deviations)^2) / n. None where there
    is one dossier, or no variation (up to rounding). Liang and Zeger (1986), Biometrika 73, 13-22."""
    deviations: dict[Hashable, list[float]] = defaultdict(list)
    for each in found:
        deviations[each.dossier].append(each.points - mean)
    count = len(deviations)
    if count < 2:
        return None
    squares = fsum(fsum(each) ** 2 for each in deviations.values())
    error = sqrt(count / (count - 1) * squares) / len(found)
    return error if error > 1e-9 * max(abs(mean), 1e-9) else None


def _interval(mean: float, error: float | None, dossiers: int) -> Interval | None:
    if error is None:
        return None
    margin = t_quantile(0.975, dossiers - 1) * error
    return Interval(mean - margin, mean + margin, "analytic")


def _cautions(dossiers: int, peers: int, error: float | None) -> Iterable[Caution]:
    if dossiers == 1:
        yield Caution("one_dossier")
    elif dossiers < FEW_DOSSIERS:
        yield Caution("few_dossiers", {"dossiers": str(dossiers)})
    if dossiers > 1 and error is None:
        yield Caution("no_variation")
    if peers == 1:
        yield Caution("one_peer")
