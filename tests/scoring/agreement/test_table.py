"""Tables of ratings, however they come."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given

from accreditation_engine.scoring.agreement import LEVELS, Level, RatingTable, krippendorff_alpha

from .tables import Rows, rows, typed


def pooled(table: RatingTable) -> RatingTable:
    """The same ratings one by one, the last rater's first. Units that nobody rated cannot be told so."""
    units, raters = np.nonzero(table.codes >= 0)
    order = np.argsort(-raters, kind="stable")
    values = table.numbers[table.codes[units, raters]]
    _, consecutive = np.unique(units, return_inverse=True)
    return RatingTable.pooled(consecutive[order], raters[order], values[order])


@pytest.mark.parametrize("level", LEVELS)
@given(given_rows=rows())
def test_pooled_ratings_have_the_alpha_of_the_table(level: Level, given_rows: Rows) -> None:
    table = RatingTable.of(given_rows)
    assume(table.ratings)
    assert krippendorff_alpha(pooled(table), level, resamples=30) == krippendorff_alpha(
        table, level, resamples=30
    )


def test_pooled_ratings_count_people_not_columns() -> None:
    table = pooled(typed("1 2 . . \n . . 3 3 \n . 1 2 . \n 2 . . ."))
    assert table.codes.shape == (4, 2)
    assert (table.raters, table.pairable.raters) == (4, 4)
    some = table.only(np.array([True, False, False, True]))
    assert (some.units, some.raters, some.pairable.units) == (2, 2, 1)


def test_no_ratings_pool_to_nothing() -> None:
    nothing = np.array([], dtype=np.int64)
    table = RatingTable.pooled(nothing, nothing, nothing.astype(np.float64))
    assert krippendorff_alpha(table, "ordinal").undefined == "no_ratings"


def test_a_second_rating_of_the_same_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        RatingTable.from_ratings([("a", 1, 2.0), ("b", 1, 2.0), ("a", 1, 3.0)])


def test_a_table_of_single_ratings_is_that_of_rows() -> None:
    single = RatingTable.from_ratings(
        [("b", "y", 2.0), ("a", "x", 1.0), ("a", "y", 3.0), ("b", "x", 1.0), ("c", "x", 4.0)]
    )
    rows = RatingTable.of([[1.0, 1.0, 4.0], [3.0, 2.0, None]])
    assert krippendorff_alpha(single, "interval") == krippendorff_alpha(rows, "interval")
