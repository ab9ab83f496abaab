"""Intervals, cautions, and the quantiles beneath them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from accreditation_engine.scoring.agreement import (
    Interval,
    RatingTable,
    cohens_kappa,
    fleiss_kappa,
    intraclass_correlations,
    krippendorff_alpha,
    reliability,
)
from accreditation_engine.scoring.agreement.figures import Figure
from accreditation_engine.scoring.agreement.quantiles import f_quantile, t_quantile

from .tables import SIX_TARGETS, TWO_OBSERVERS, of_counts, typed


def codes(figure: Figure) -> set[str]:
    return {each.code for each in figure.cautions}


@pytest.mark.parametrize("above", [0.05, 1, 3.7, 20, 999, 99_999])
@pytest.mark.parametrize("below", [0.3, 2, 9, 1500, 300_000])
@pytest.mark.parametrize("share", [0.025, 0.5, 0.975])
def test_f_quantiles_are_those_of_scipy(share: float, above: float, below: float) -> None:
    theirs = stats.f.ppf(share, above, below)
    assert f_quantile(share, above, below) == pytest.approx(theirs, rel=1e-8)


@pytest.mark.parametrize("freedom", [1, 2, 7, 60, 10_000])
def test_t_quantiles_are_those_of_scipy(freedom: float) -> None:
    assert t_quantile(0.975, freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=1e-8)


def test_an_interval_is_the_same_each_time_and_another_with_another_seed() -> None:
    found = [krippendorff_alpha(TWO_OBSERVERS, "ordinal", seed=seed).interval for seed in (1, 1, 2)]
    assert found[0] == found[1] != found[2]


def test_an_interval_holds_the_figure() -> None:
    for figure in (
        krippendorff_alpha(TWO_OBSERVERS, "ordinal"),
        fleiss_kappa(TWO_OBSERVERS),
        cohens_kappa(TWO_OBSERVERS, "unweighted"),
        cohens_kappa(TWO_OBSERVERS, "linear"),
        cohens_kappa(TWO_OBSERVERS, "quadratic"),
    ):
        assert figure.value is not None
        assert figure.interval is not None
        assert figure.interval.low < figure.value < figure.interval.high
        assert (figure.interval.method, figure.interval.resamples) == ("bootstrap", 2000)


def test_an_interval_holds_the_true_alpha_about_as_often_as_it_says() -> None:
    """In 200 samples of 20 units: 95 % of 200 is 190; 176 is what a 92 % interval falls short of in 1 of 50."""
    random = np.random.default_rng(3)

    def drawn(units: int) -> RatingTable:
        merit = random.normal(2.2, 1, size=(units, 1))
        ratings = np.clip(np.rint(merit + random.normal(0, 0.7, size=(units, 2))), 0, 4)
        return RatingTable(ratings.astype(np.int64), (0.0, 1.0, 2.0, 3.0, 4.0))

    true = krippendorff_alpha(drawn(100_000), "ordinal", resamples=0).value
    assert true is not None
    found = [krippendorff_alpha(drawn(20), "ordinal", resamples=400).interval for _ in range(200)]
    assert sum(each is not None and each.low <= true <= each.high for each in found) >= 176


def test_nine_units_have_no_interval_and_say_that_they_are_few() -> None:
    figure = krippendorff_alpha(RatingTable(TWO_OBSERVERS.codes[:9], TWO_OBSERVERS.values), "ordinal")
    assert figure.interval is None
    assert "few_units" in codes(figure)


def test_no_interval_is_made_when_samples_are_too_often_all_alike() -> None:
    figure = krippendorff_alpha(typed("\n".join(["3 3"] * 19 + ["3 2"])), "interval")
    assert figure.value is not None
    assert figure.interval is None


def test_a_large_table_takes_fewer_resamples() -> None:
    random = np.random.default_rng(1)
    ratings = random.permuted(np.arange(40_000)).reshape(20_000, 2) // 4
    figure = krippendorff_alpha(RatingTable(ratings, tuple(map(float, range(10_000)))), "interval")
    assert figure.interval is not None
    assert figure.interval.resamples == 500


def test_one_value_that_dominates_is_cautioned() -> None:
    figure = krippendorff_alpha(of_counts("0 0 0 2\n" * 28 + "0 0 1 1\n" * 2), "ordinal")
    assert figure.value is not None
    assert figure.value < 0.1
    [caution] = figure.cautions
    assert (caution.code, dict(caution.parameters)) == (
        "one_value_dominates",
        {"value": "3", "percent": "97"},
    )


@pytest.mark.parametrize(("values", "narrow"), [("3 4", True), ("2 3 4", False)])
def test_a_narrow_range_of_a_known_scale_is_cautioned(values: str, narrow: bool) -> None:
    steps = [float(each) for each in values.split()]
    rows: list[list[float | str | None]] = [[one, other] for one in steps for other in steps] * 6
    figure = krippendorff_alpha(RatingTable.of(rows, scale=(0, 4)), "ordinal")
    assert codes(figure) == ({"narrow_range"} if narrow else set())
    assert codes(krippendorff_alpha(RatingTable.of(rows), "ordinal")) == set()


def test_a_rater_who_never_varies_is_cautioned_and_kappa_is_0() -> None:
    figure = cohens_kappa(typed("3 3 \n 3 2 \n 3 4 \n 3 3"), "linear")
    assert figure.value == pytest.approx(0)
    assert "constant_rater" in codes(figure)


def test_correlations_of_ordinal_ratings_are_cautioned() -> None:
    assert "ordinal_as_interval" in codes(intraclass_correlations(SIX_TARGETS, "ordinal")[0])
    assert "ordinal_as_interval" not in codes(intraclass_correlations(SIX_TARGETS, "interval")[0])


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (None, None),
        (-0.1, "chance"),
        (0.0, "chance"),
        (0.66, "unreliable"),
        (0.667, "tentative"),
        (0.8, "reliable"),
    ],
)
def test_reliability_follows_krippendorffs_rule(value: float | None, word: str | None) -> None:
    assert reliability(Figure("alpha", value, 20, 2, 40)) == word


def test_a_high_alpha_from_little_data_is_tentative() -> None:
    wide, close = (Interval(low, 0.95, "bootstrap", 2000) for low in (0.4, 0.7))
    assert reliability(Figure("alpha", 0.85, 12, 2, 24, interval=wide)) == "tentative"
    assert reliability(Figure("alpha", 0.85, 99, 2, 198, interval=close)) == "reliable"
    assert reliability(krippendorff_alpha(typed("1 1 \n 2 2"), "ordinal")) == "tentative"
    assert reliability(krippendorff_alpha(typed("1 1 \n 2 2 \n" * 10), "ordinal")) == "reliable"
