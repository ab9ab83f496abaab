"""Scoring is done on every page that shows a dossier, so it may not become slow unnoticed."""

from __future__ import annotations

from time import perf_counter

from accreditation_engine.scoring import score_sheet

from .rubrics import area, criterion, rubric

TEN_TIMES_FOUR = rubric(
    *(
        area(f"a{n}", *(criterion(f"a{n}-{m}", weight=m + 1) for m in range(4)), weight=10 + n)
        for n in range(10)
    ),
    findings=[{"severity": "major", "rating_at_most": 0}],
)


def test_a_sheet_of_40_criteria_takes_about_a_millisecond() -> None:
    """Half of one where it was measured; the limit leaves room for a slow and busy machine."""
    ratings = {each.id: number % 5 for number, each in enumerate(TEN_TIMES_FOUR.every_criterion())}
    assert min(_seconds(ratings) for _ in range(50)) < 0.004


def _seconds(ratings: dict[str, int]) -> float:
    start = perf_counter()
    score_sheet(TEN_TIMES_FOUR, ratings)
    return perf_counter() - start
