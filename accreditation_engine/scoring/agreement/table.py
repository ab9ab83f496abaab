"""Ratings to compare: a table of units by raters, with gaps where somebody did not rate."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, TypeAlias, cast, get_args

import numpy as np
from numpy.typing import NDArray

Level: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]
Value: TypeAlias = float | str
Codes: TypeAlias = NDArray[np.int64]

LEVELS: tuple[Level, ...] = get_args(Level)
MISSING = -1


@dataclass(frozen=True, eq=False)
class RatingTable:
    """`codes` has a row a unit and a column a rater: where the rating stands in `values` (sorted, each once), or
    MISSING. `values` are all numbers or all words. `scale`, when known, is the least and the greatest rating
    that could have been given.

    Where many people rate few units each, columns are mere places, and `people`, of the same shape, says who
    gave each rating: see `pooled`."""

    codes: Codes
    values: tuple[Value, ...]
    scale: tuple[float, float] | None = None
    people: Codes | None = None

    @classmethod
    def of(
        cls, rows: Sequence[Sequence[Value | None]], scale: tuple[float, float] | None = None
    ) -> RatingTable:
        """A table of `rows`, all of the same length; None where a rating is missing.

        Raises ValueError for ragged rows, and for numbers beside words.
        """
        if len({len(row) for row in rows}) > 1:
            raise ValueError("every unit needs the same number of raters")
        values = _sorted({value for row in rows for value in row if value is not None})
        code = {value: index for index, value in enumerate(values)}
        codes = [[MISSING if value is None else code[value] for value in row] for row in rows]
        width = len(rows[0]) if rows else 0
        return cls(np.array(codes, dtype=np.int64).reshape(len(rows), width), values, scale)

    @classmethod
    def from_ratings(
        cls,
        ratings: Iterable[tuple[Hashable, Hashable, Value]],
        scale: tuple[float, float] | None = None,
    ) -> RatingTable:
        """A table of (rater, unit, value) in any order. Raises ValueError when a rater rated a unit twice."""
        given = list(ratings)
        raters = {rater: index for index, rater in enumerate(dict.fromkeys(each[0] for each in given))}
        units = {unit: index for index, unit in enumerate(dict.fromkeys(each[1] for each in given))}
        values = _sorted({value for _, _, value in given})
        code = {value: index for index, value in enumerate(values)}
        codes = np.full((len(units), len(raters)), MISSING, dtype=np.int64)
        for rater, unit, value in given:
            if codes[units[unit], raters[rater]] != MISSING:
                raise ValueError(f"{rater!r} rated {unit!r} twice")
            codes[units[unit], raters[rater]] = code[value]
        return cls(codes, values, scale)

    @classmethod
    def pooled(
        cls,
        units: Codes,
        people: Codes,
        values: NDArray[np.float64],
        scale: tuple[float, float] | None = None,
    ) -> RatingTable:
        """A table of single ratings, as wide as the most that one unit got. `units` are numbered from 0 without
        gaps. Alpha asks no more than this; it is not for figures that tell raters apart."""
        order = np.argsort(units, kind="stable")
        rated = np.bincount(units)
        places = np.arange(len(units)) - np.repeat(rated.cumsum() - rated, rated)
        distinct, given = np.unique(values, return_inverse=True)
        codes = np.full((len(rated), rated.max(initial=0)), MISSING, dtype=np.int64)
        who = codes.copy()
        codes[units[order], places] = given[order]
        who[units[order], places] = people[order]
        return cls(codes, tuple(distinct.tolist()), scale, who)

    def only(self, units: NDArray[np.bool_]) -> RatingTable:
        """The same with those units only."""
        return replace(
            self, codes=self.codes[units], people=None if self.people is None else self.people[units]
        )

    @property
    def units(self) -> int:
        return int(self.codes.shape[0])

    @property
    def raters(self) -> int:
        """How many raters there are, be it that some rated nothing."""
        return int(self.codes.shape[1]) if self.people is None else self.contributors

    @property
    def contributors(self) -> int:
        """How many raters rated something."""
        given = self.codes != MISSING
        return int(given.any(axis=0).sum()) if self.people is None else len(np.unique(self.people[given]))

    @property
    def ratings(self) -> int:
        """How many ratings were given."""
        return int((self.codes != MISSING).sum())

    @property
    def complete(self) -> bool:
        return self.units > 0 and self.raters > 0 and self.ratings == self.codes.size

    @cached_property
    def pairable(self) -> RatingTable:
        """What can be compared: units with two ratings or more, raters and values that occur in them."""
        compared = self.only((self.codes != MISSING).sum(axis=1) >= 2)
        used_by = (compared.codes != MISSING).any(axis=0)
        rows = compared.codes[:, used_by]
        used = np.unique(rows[rows != MISSING])
        places = np.full(
            len(self.values) + 1, MISSING, dtype=np.int64
        )  # the last is where MISSING, -1, points
        places[used] = np.arange(len(used))
        people = None if compared.people is None else compared.people[:, used_by]
        return RatingTable(places[rows], tuple(self.values[each] for each in used), self.scale, people)

    @cached_property
    def numbers(self) -> NDArray[np.float64]:
        """`values` as numbers. Raises ValueError when they are words."""
        if any(isinstance(value, str) for value in self.values):
            raise ValueError("words have no order and no distance; compare them at the nominal level")
        return np.array(self.values, dtype=np.float64)

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """`numbers` brought to 0..1, the least to the greatest, so that no unit of measurement matters."""
        numbers = self.numbers
        width = np.ptp(numbers) if len(numbers) else 0.0
        return (numbers - numbers.min()) / width if width else np.zeros_like(numbers)


def _sorted(values: set[Value]) -> tuple[Value, ...]:
    words = {isinstance(value, str) for value in values}
    if len(words) > 1:
        raise ValueError("ratings are either all numbers or all words")
    every = cast("set[str]", values) if words == {True} else {float(value) for value in values}
    if not all(isinstance(value, str) or np.isfinite(value) for value in every):
        raise ValueError("a rating is a finite number")
    return tuple(sorted(every))
