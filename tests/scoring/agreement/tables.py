"""Tables of ratings for the tests of agreement: drawn, typed, and the shared ones where they are."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from accreditation_engine.scoring.agreement import RatingTable

ROOT = Path(__file__).parents[3]
PLACES = (os.environ.get("SHARED_DATA"), ROOT.parent / "shared" / "data")


def shared(name: str) -> Path:
    """A file of the shared data; the test is skipped by name where it is not."""
    found = next((Path(place) / name for place in PLACES if place and (Path(place) / name).exists()), None)
    if found is None:
        pytest.skip(f"{name} is not here")
    return found


def typed(text: str) -> RatingTable:
    """A table of numbers as text: a line a unit, a dot where a rating is missing."""
    return RatingTable.of(
        [
            [None if cell == "." else float(cell) for cell in line.split()]
            for line in text.strip().splitlines()
        ]
    )


def transposed(text: str) -> RatingTable:
    """The same with a line a rater, as published tables often are."""
    rows = zip(*(line.split() for line in text.strip().splitlines()), strict=True)
    return typed("\n".join(" ".join(row) for row in rows))


Rows = list[list[float | None]]


@st.composite
def rows(draw: st.DrawFn, *, missing: bool = True, least: int = 0, raters: int | None = None) -> Rows:
    """Units and raters of whole numbers from `least` on, with gaps unless `missing` is False."""
    width = raters or draw(st.integers(2, 5))
    cell: Any = st.integers(least, least + 4).map(float)
    return draw(
        st.lists(
            st.lists(st.none() | cell if missing else cell, min_size=width, max_size=width),
            min_size=2,
            max_size=12,
        )
    )


FOUR_OBSERVERS = transposed("""
    1 2 3 3 2 1 4 1 2 . . .
    1 2 3 3 2 2 4 1 2 5 . 3
    . 3 3 3 2 3 4 2 2 5 1 .
    1 2 3 3 2 4 4 1 2 5 1 .
""")
"""Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C."""

TWO_OBSERVERS = transposed("""
    1 2 3 3 2 2 4 1 2 5 1 3 2 4 1
    1 2 3 3 2 1 4 1 2 5 2 3 2 3 1
""")

SIX_TARGETS = typed("""
    9 2 5 8
    6 1 3 2
    8 4 6 8
    7 1 2 6
    10 5 6 9
    6 2 4 7
""")
"""Shrout and Fleiss (1979), table 2."""

FOURTEEN_RATERS = """
    0 0 0 0 14
    0 2 6 4 2
    0 0 3 5 6
    0 3 9 2 0
    2 2 8 1 1
    7 7 0 0 0
    3 2 6 3 0
    2 5 3 2 2
    6 5 2 1 0
    0 2 2 3 7
"""
"""How many of fourteen chose each of five categories for ten subjects: the worked example of the encyclopaedia
article on Fleiss' kappa, which gives 0.210."""


def of_counts(text: str) -> RatingTable:
    """A table from how many raters chose each category."""
    lines = [[int(cell) for cell in line.split()] for line in text.strip().splitlines()]
    return RatingTable.of(
        [[float(value) for value, count in enumerate(line) for _ in range(count)] for line in lines]
    )
