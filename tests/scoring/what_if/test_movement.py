"""How the scores move with a change, and who comes nearest to another outcome."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.scoring.what_if import (
    RatingMatrix,
    Rescored,
    compare,
    movement,
    nearest,
    rescore,
    threshold_margins,
    with_weight,
)

from ..rubrics import area, criterion, outcomes, rubric

GOLD = rubric(
    area("integrity", criterion("a"), weight=10),
    area("openness", criterion("b"), weight=10),
    outcomes=outcomes(
        gold={"all": [{"score": {"at_least": 70}}, {"area": {"id": "integrity", "at_least": 50}}]},
        plain={"all": [{"score": {"at_least": 40}}, {"count": {"rating_at_most": 0, "no_more_than": 1}}]},
    ),
)


def scored(dossiers: dict[str, dict[str, Any]], of: Rubric = GOLD) -> Rescored:
    return rescore(of, RatingMatrix.of(dossiers, "ab"))


def test_scores_that_rise_and_fall_are_counted_with_the_mean_and_the_farthest() -> None:
    before = scored(
        {"up": {"a": 4, "b": 2}, "down": {"a": 2, "b": 3}, "same": {"a": 3, "b": 3}, "unfinished": {"a": 4}}
    )
    found = movement(compare(before, before.again(with_weight(GOLD, "integrity", Decimal(20)))))
    assert found is not None
    assert (found.up, found.down, found.same) == (1, 1, 1)
    assert found.mean == Decimal("1.39")  # (8.33 - 4.17) / 3, of the scores as they are shown
    assert found.farthest is not None
    farthest = found.farthest
    assert (farthest.dossier, farthest.before, farthest.after) == ("up", Decimal("75.00"), Decimal("83.33"))
    assert farthest.by == Decimal("8.33")


def test_nothing_moves_when_nothing_is_changed() -> None:
    before = scored({"one": {"a": 4, "b": 2}})
    found = movement(compare(before, before))
    assert found is not None
    assert (found.up, found.down, found.same, found.mean, found.farthest) == (0, 0, 1, 0, None)


def test_there_is_no_movement_without_a_complete_file() -> None:
    before = scored({"unfinished": {"a": 4}})
    assert movement(compare(before, before)) is None
    empty = scored({})
    assert movement(compare(empty, empty)) is None


def test_nearest_file_is_the_one_whose_percent_is_closest_to_a_threshold_that_decides() -> None:
    now = scored({"far": {"a": 4, "b": 4}, "above": {"a": 4, "b": 2}, "low": {"a": 1, "b": 2}})
    found = nearest(now, threshold_margins(now))
    assert found is not None
    assert (found.dossier, found.threshold, found.asked, found.value, found.away) == (
        "low",
        "plain.score",
        Decimal(40),
        Decimal("37.50"),
        Decimal("2.50"),
    )


def test_nobody_is_nearest_when_no_threshold_decides() -> None:
    now = scored({"unfinished": {"a": 4}})
    assert nearest(now, threshold_margins(now)) is None
