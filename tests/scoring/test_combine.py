"""Examples of each way to combine, worked by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from accreditation_engine.scoring import score_sheet

from .rubrics import area, criterion, rubric


def percents(of: Any, **ratings: Any) -> dict[str, str]:
    """The percent of the whole and of every area."""
    sheet = score_sheet(of, {name.replace("_", "-"): rating for name, rating in ratings.items()})
    return {"whole": str(sheet.percent), **{name: str(node.percent) for name, node in sheet.areas.items()}}


def one_area(combine: str, *criteria: dict[str, Any], **more: Any) -> Any:
    scale = more.pop("scale", (0, 4, 1))
    rounding = more.pop("rounding", {"places": 2, "mode": "half_up"})
    return rubric(area("only", *criteria, combine=combine, **more), scale=scale, rounding=rounding)


THREE = (criterion("a"), criterion("b", weight=2), criterion("c", weight=5))


def test_weighted_mean_weighs_each_part() -> None:
    sheet = score_sheet(one_area("weighted_mean", *THREE), {"a": 4, "b": 2, "c": 1})
    assert sheet.areas["only"].exact_score == Fraction(13, 8)  # (4 + 2x2 + 5x1) / 8
    assert str(sheet.areas["only"].score) == "1.63"
    assert str(sheet.areas["only"].percent) == "40.63"  # 100 x 1.625 / 4 = 40.625


def test_weighted_mean_leaves_not_applicable_out_of_both_sums() -> None:
    sheet = score_sheet(one_area("weighted_mean", *THREE), {"a": 4, "b": 2, "c": "not_applicable"})
    assert sheet.score == Decimal("2.67")  # (4 + 2x2) / 3


def test_percent_counts_from_the_minimum_of_the_scale() -> None:
    sheet = score_sheet(one_area("weighted_mean", *THREE[:1], scale=(1, 5, 1)), {"a": 2})
    assert (str(sheet.score), str(sheet.percent)) == ("2.00", "25.00")


def test_a_mean_brings_another_maximum_to_the_scale_first() -> None:
    of = one_area("weighted_mean", criterion("a"), criterion("b", maximum=10))
    sheet = score_sheet(of, {"a": 4, "b": 5})
    assert (str(sheet.score), str(sheet.percent)) == ("3.00", "75.00")  # 5 of 10 is 2 of 4


def test_mean_unless_zero_is_the_mean_while_no_part_is_zero() -> None:
    assert percents(one_area("mean_unless_zero", *THREE), a=4, b=2, c=1)["only"] == "40.63"


def test_mean_unless_zero_is_zero_as_soon_as_one_part_is() -> None:
    assert percents(one_area("mean_unless_zero", *THREE), a=0, b=4, c=4)["only"] == "0.00"


def test_mean_unless_zero_counts_unable_to_verify_as_zero_and_not_applicable_as_nothing() -> None:
    of = one_area("mean_unless_zero", *THREE)
    assert percents(of, a="unable_to_verify", b=4, c=4)["only"] == "0.00"
    assert percents(of, a="not_applicable", b=4, c=4)["only"] == "100.00"


@pytest.mark.parametrize(("scale", "least"), [((1, 5, 1), 1), ((-2, 2, 1), -2)])
def test_mean_unless_zero_reads_zero_as_the_minimum_on_other_scales(scale: Any, least: int) -> None:
    sheet = score_sheet(one_area("mean_unless_zero", *THREE, scale=scale), {"a": least, "b": 2, "c": 2})
    assert (sheet.score, sheet.percent) == (least, 0)


def test_mean_unless_zero_bars_by_a_part_without_weight_too() -> None:
    of = one_area("mean_unless_zero", criterion("a", weight=0), criterion("b"))
    assert percents(of, a=0, b=4)["only"] == "0.00"


def test_minimum_is_the_worst_part_whatever_its_weight() -> None:
    assert percents(one_area("minimum", *THREE), a=3, b=1, c=4)["only"] == "25.00"


def test_minimum_compares_parts_of_different_maximum_on_one_scale() -> None:
    of = one_area("minimum", criterion("a"), criterion("b", maximum=10))
    assert percents(of, a=3, b=4)["only"] == "40.00"  # 3 of 4 is more than 4 of 10


def test_sum_adds_points_up_to_each_maximum_and_knows_no_weights() -> None:
    of = one_area("sum", criterion("a", weight=9), criterion("b", maximum=10), criterion("c", maximum=6))
    sheet = score_sheet(of, {"a": 2, "b": 7, "c": 6})
    assert (str(sheet.areas["only"].score), str(sheet.areas["only"].percent)) == ("15.00", "75.00")


def test_sum_loses_the_points_of_what_does_not_apply() -> None:
    of = one_area("sum", criterion("a"), criterion("b", maximum=10), criterion("c", maximum=6))
    sheet = score_sheet(of, {"a": 2, "b": "not_applicable", "c": 6})
    assert (str(sheet.areas["only"].score), str(sheet.areas["only"].percent)) == ("8.00", "80.00")


def test_sum_of_areas_takes_the_maximum_each_area_declares() -> None:
    of = rubric(
        area("x", criterion("a"), criterion("b"), maximum=30),
        area("y", criterion("c"), combine="share_met", met_at=2, maximum=50),
        area("z", criterion("d"), criterion("e"), combine="sum"),
        combine="sum",
    )
    sheet = score_sheet(of, {"a": 4, "b": 2, "c": 3, "d": 1, "e": 2})
    assert str(sheet.areas["x"].score) == "22.50"  # 75 % of 30
    assert str(sheet.areas["y"].score) == "100.00"  # of share_met the score is the percent ...
    assert str(sheet.areas["z"].score) == "3.00"
    assert str(sheet.score) == "75.50"  # ... and 50 points in the sum: 22.5 + 50 + 3
    assert str(sheet.percent) == "85.80"  # of 88


def test_sum_on_a_scale_from_1_starts_at_one_point_a_part() -> None:
    sheet = score_sheet(one_area("sum", *THREE, scale=(1, 5, 1)), {"a": 1, "b": 3, "c": 5})
    assert (str(sheet.areas["only"].score), str(sheet.areas["only"].percent)) == ("9.00", "50.00")


def test_share_met_counts_criteria_at_any_depth_alike() -> None:
    inner = area("inner", criterion("a"), criterion("b"), criterion("c"))
    of = rubric(area("outer", inner, area("other", criterion("d"))), combine="share_met", met_at=3)
    assert percents(of, a=3, b=4, c=2, d=1)["whole"] == "50.00"
    assert percents(of, a=3, b=4, c="not_applicable", d=1)["whole"] == "66.67"
    assert percents(of, a=3, b="unable_to_verify", c=2, d=1)["whole"] == "25.00"


def test_share_met_compares_what_is_shown() -> None:
    of = one_area("share_met", criterion("a"), met_at=3, scale=(0, 4, "0.001"))
    assert percents(of, a=Decimal("2.995"))["only"] == "100.00"  # shown as 3.00
    assert percents(of, a=Decimal("2.994"))["only"] == "0.00"


def test_distance_reproduces_the_worked_example_of_a_charity_rating() -> None:
    """Charity Navigator's overall score, version 2: 100 - sqrt(((100 - f)^2 + (100 - a)^2) / 2) of financial
    health and accountability. 90 and 96 give 100 - sqrt(58) = 92.38."""
    of = rubric(
        area("financial", criterion("f")),
        area("accountability", criterion("a")),
        scale=(0, 100, "0.01"),
        combine="distance",
    )
    assert percents(of, f=90, a=96)["whole"] == "92.38"


def test_distance_is_exact_where_the_root_is() -> None:
    of = one_area("distance", criterion("a"), criterion("b", weight=7), scale=(0, 100, 1))
    sheet = score_sheet(of, {"a": 30, "b": 90})  # sqrt((70^2 + 10^2) / 2) = 50
    assert sheet.areas["only"].exact_percent == 50
    assert sheet.areas["only"].score == 50


def test_levels_combine_each_in_its_own_way() -> None:
    good = area("good", criterion("a"), criterion("b"), combine="minimum", weight=3)
    bad = area("bad", criterion("c"), criterion("d"), combine="sum", weight=1)
    of = rubric(
        area("deep", area("deeper", good, bad), combine="mean_unless_zero"),
        area("flat", criterion("e"), combine="distance"),
        combine="minimum",
    )
    assert percents(of, a=4, b=3, c=2, d=0, e=4) == {
        "whole": "62.50",
        "deep": "62.50",
        "deeper": "62.50",  # (3 x 75 + 1 x 25) / 4
        "good": "75.00",
        "bad": "25.00",
        "flat": "100.00",
    }


def test_an_area_in_which_nothing_applies_leaves_its_parent() -> None:
    of = rubric(area("x", criterion("a"), weight=9), area("y", criterion("b")))
    sheet = score_sheet(of, {"a": "not_applicable", "b": 3})
    assert str(sheet.percent) == "75.00"
    assert sheet.areas["x"].percent is None
    assert sheet.complete


@pytest.mark.parametrize(
    ("mode", "rating", "shown"),
    [
        ("half_up", "84.995", "85.00"),
        ("half_up", "84.985", "84.99"),
        ("half_up", "84.9949", "84.99"),
        ("half_even", "84.995", "85.00"),
        ("half_even", "84.985", "84.98"),
        ("half_even", "84.9851", "84.99"),
        ("down", "84.9999", "84.99"),
    ],
)
def test_rounding_of_ties_follows_the_declared_mode(mode: str, rating: str, shown: str) -> None:
    of = one_area(
        "weighted_mean", criterion("a"), scale=(0, 100, "0.0001"), rounding={"places": 2, "mode": mode}
    )
    assert percents(of, a=Decimal(rating))["whole"] == shown


def test_rounding_takes_negative_ties_away_from_zero_and_cuts_towards_it() -> None:
    for mode, shown in (("half_up", "-0.13"), ("half_even", "-0.12"), ("down", "-0.12")):
        rounding = {"places": 2, "mode": mode}
        of = one_area("weighted_mean", criterion("a"), scale=(-2, 2, "0.125"), rounding=rounding)
        assert str(score_sheet(of, {"a": Decimal("-0.125")}).score) == shown


def test_thirds_that_add_up_are_not_lost_when_cutting() -> None:
    """Areas of 69 1/3, 70 1/3 and 70 1/3 percent make exactly 70; numbers cut on the way would make 69.99."""
    areas = [area(name, *(criterion(f"{name}{each}") for each in "123")) for name in "xyz"]
    of = rubric(*areas, scale=(0, 100, 1), rounding={"places": 2, "mode": "down"})
    sheet = score_sheet(of, {"x1": 68, "x2": 70, "x3": 70, **_around("y"), **_around("z")})
    assert str(sheet.areas["x"].percent) == "69.33"
    assert str(sheet.percent) == "70.00"


def _around(name: str) -> dict[str, int]:
    return {f"{name}1": 70, f"{name}2": 70, f"{name}3": 71}
