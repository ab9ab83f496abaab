"""Figures that others published, to the digits they printed."""

from __future__ import annotations

import json

import pytest

from accreditation_engine.scoring.agreement import (
    Level,
    agreement,
    fleiss_kappa,
    intraclass_correlations,
    krippendorff_alpha,
    rating_table,
)

from .tables import FOUR_OBSERVERS, FOURTEEN_RATERS, SIX_TARGETS, of_counts, shared


@pytest.mark.parametrize("name", ["icc-shrout-fleiss-1979.csv", "alpha-3-coders-15-units.csv"])
def test_shared_data_give_the_published_figures(name: str) -> None:
    path = shared(name)
    expected = json.loads(shared("agreement-expected.json").read_text(encoding="utf-8"))[name]
    for level, printed in expected.get("alpha", {}).items():
        alpha = krippendorff_alpha(rating_table(path.read_bytes(), level).table, level)
        assert alpha.value is not None
        assert f"{alpha.value:.3f}" == printed
    if "icc" in expected:
        found = agreement(rating_table(path.read_bytes(), "interval").table, "interval").as_json()["icc"]
        assert {each: round(value, 2) for each, value in found.items()} == expected["icc"]


@pytest.mark.parametrize(
    ("level", "printed"),
    [("nominal", "0.743"), ("ordinal", "0.815"), ("interval", "0.849"), ("ratio", "0.797")],
)
def test_alpha_of_four_observers_is_krippendorffs_own(level: Level, printed: str) -> None:
    alpha = krippendorff_alpha(FOUR_OBSERVERS, level)
    assert f"{alpha.value:.3f}" == printed
    assert (alpha.units, alpha.raters, alpha.values) == (11, 4, 40)


def test_intraclass_correlations_are_those_of_shrout_and_fleiss() -> None:
    found = {each.name: f"{each.value:.2f}" for each in intraclass_correlations(SIX_TARGETS)}
    assert found == {
        "ICC(1,1)": "0.17",
        "ICC(2,1)": "0.29",
        "ICC(3,1)": "0.71",
        "ICC(1,k)": "0.44",
        "ICC(2,k)": "0.62",
        "ICC(3,k)": "0.91",
    }


def test_fleiss_kappa_of_fourteen_raters_is_the_textbooks() -> None:
    kappa = fleiss_kappa(of_counts(FOURTEEN_RATERS))
    assert f"{kappa.value:.3f}" == "0.210"
    assert (kappa.units, kappa.raters, kappa.values) == (10, 14, 140)
