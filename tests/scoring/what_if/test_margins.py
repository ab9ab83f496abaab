"""How far a number can move: checked by moving it there and scoring each dossier alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.scoring import score_sheet
from accreditation_engine.scoring.what_if import (
    Flip,
    Margin,
    RatingMatrix,
    rescore,
    the_threshold,
    threshold_margins,
    weight_margins,
    with_threshold,
    with_weight,
)

from ..conditions import judging_rubrics
from ..rubrics import area, criterion, outcomes, ratings, rubric

Rated = dict[int, dict[str, Any]]
many = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def dossiers(draw: st.DrawFn) -> tuple[Rubric, Rated]:
    of = draw(judging_rubrics())
    return of, dict(enumerate(draw(st.lists(ratings(of), min_size=4, max_size=4))))


def changed(now: Rubric, then: Rubric, rated: Rated) -> set[int]:
    return {
        dossier
        for dossier, each in rated.items()
        if score_sheet(now, each).outcome != score_sheet(then, each).outcome
    }


def matrix(of: Rubric, rated: Rated) -> RatingMatrix:
    return RatingMatrix.of(rated, (each.id for each in of.every_criterion()))


@many
@given(dossiers())
def test_a_threshold_can_move_as_far_as_is_said_and_no_farther(case: tuple[Rubric, Rated]) -> None:
    of, rated = case
    for margin in threshold_margins(rescore(of, matrix(of, rated))):
        threshold = the_threshold(of, margin.name)
        assert margin.now == threshold.number
        for flip in (margin.down, margin.up):
            if flip is not None:
                assert changed(of, with_threshold(of, threshold, flip.at), rated) == set(flip.dossiers)
                if threshold.kind != "count" or flip.safe >= 0:
                    assert changed(of, with_threshold(of, threshold, flip.safe), rated) == set()


@many
@given(dossiers(), st.data())
def test_a_weight_can_move_as_far_as_is_said_and_no_farther(
    case: tuple[Rubric, Rated], data: st.DataObject
) -> None:
    of, rated = case
    names = [each.id for each in of.every_area()] + [each.id for each in of.every_criterion()]
    for margin in weight_margins(rescore(of, matrix(of, rated)), names[:4]):
        for flip, end in zip((margin.down, margin.up), margin.searched or (), strict=True):
            safe = end if flip is None else flip.safe
            between = data.draw(st.decimals(*sorted((margin.now, safe)), places=2))
            for weight in (safe, between):
                assert changed(of, with_weight(of, margin.name, weight), rated) == set()
            if flip is not None:
                assert (
                    changed(of, with_weight(of, margin.name, flip.at), rated) == set(flip.dossiers) != set()
                )


TWO = rubric(
    area("x", criterion("a"), weight=10),
    area("y", criterion("b"), weight=10),
    outcomes=outcomes(
        gold={"all": [{"score": {"at_least": 60}}, {"count": {"rating_at_most": 0, "no_more_than": 0}}]}
    ),
)


def test_margins_worked_by_hand() -> None:
    """62.5 % (4 and 1) passes 60; with a weight of 8.75 for x it would be 60 %, with 8.72 it shows 59.94..."""
    now = rescore(TWO, matrix(TWO, {1: {"a": 4, "b": 1}, 2: {"a": 1, "b": 1}, 3: {"a": 4, "b": 0}}))
    assert [now.outcome(row) for row in range(3)] == ["gold", "none", "none"]
    score, count = threshold_margins(now)
    assert score == Margin(
        "gold.score",
        Decimal(60),
        Flip(Decimal("25.00"), Decimal("25.01"), (2,)),
        Flip(Decimal("62.51"), Decimal("62.50"), (1,)),
    )
    assert count == Margin(
        "gold.count", Decimal(0), None, None
    )  # dossier 3 has a zero, and only 50 % besides
    x, _ = weight_margins(now)
    assert x.down is not None
    assert x.up is None
    assert (x.down.safe, x.down.at) == (Decimal("8.75"), Decimal("8.74"))


def test_a_flip_beyond_what_may_be_written_is_none() -> None:
    now = rescore(TWO, matrix(TWO, {1: {"a": 4, "b": 4}}))
    assert [margin.up for margin in threshold_margins(now)] == [None, None]


def test_without_dossiers_nothing_flips() -> None:
    now = rescore(TWO, matrix(TWO, {}))
    assert [(each.down, each.up) for each in [*threshold_margins(now), *weight_margins(now)]] == [
        (None, None)
    ] * 4
