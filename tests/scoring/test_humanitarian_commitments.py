"""Real scores: what independent auditors gave 24 organisations on nine commitments."""

from __future__ import annotations

import csv
import os
from decimal import Decimal
from pathlib import Path

import pytest

from accreditation_engine.definitions.reading import read_file
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.scoring import ScoreSheet, parse_ratings, score_sheet

ROOT = Path(__file__).parents[2]
RUBRIC = ROOT / "tests" / "fixtures" / "rubrics" / "humanitarian-commitments.yaml"
NAME = "chs-commitment-scores-2018.csv"
PLACES = (os.environ.get("SHARED_DATA"), ROOT.parent / "shared" / "data")
SCORES = next((Path(place) / NAME for place in PLACES if place and (Path(place) / NAME).exists()), None)

needs_scores = pytest.mark.skipif(SCORES is None, reason=f"{NAME} is not here (it may not be copied)")


@pytest.fixture(scope="module")
def commitments() -> Rubric:
    definition = read_file(RUBRIC).definition
    assert isinstance(definition, Rubric)
    return definition


@pytest.fixture(scope="module")
def sheets(commitments: Rubric) -> dict[str, ScoreSheet]:
    assert SCORES is not None
    with SCORES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["organization"]: score_sheet(commitments, parse_ratings(commitments, _raw(row))) for row in rows
    }


def _raw(row: dict[str, str]) -> dict[str, str]:
    return {f"c{number}": row[f"C{number}"] for number in range(1, 10)}


@needs_scores
def test_exactly_those_with_a_zero_are_refused(sheets: dict[str, ScoreSheet]) -> None:
    refused = {name for name, sheet in sheets.items() if sheet.outcome != "certified"}
    assert len(sheets) == 24
    assert refused == {"Adra DK", "Caritas DK", "Women Support Association", "Adra Int"}


@needs_scores
def test_each_zero_is_a_major_finding(sheets: dict[str, ScoreSheet]) -> None:
    found = {
        name: [finding.criterion for finding in sheet.findings if finding.severity == "major"]
        for name, sheet in sheets.items()
    }
    assert {name: zeros for name, zeros in found.items() if zeros} == {
        "Adra DK": ["c5"],
        "Caritas DK": ["c5"],
        "Women Support Association": ["c5", "c8"],
        "Adra Int": ["c4", "c5"],
    }


@needs_scores
def test_the_mean_is_that_of_the_nine_scores(sheets: dict[str, ScoreSheet]) -> None:
    assert sheets["Finn Church Aid"].score == Decimal("2.18")  # 19.63 / 9 = 2.1811...
    assert sheets["Church of Sweden"].percent == Decimal("63.33")  # 28.5 of 45


def test_a_single_zero_bars_whatever_the_rest(commitments: Rubric) -> None:
    best = {f"c{number}": 5 for number in range(1, 10)}
    assert score_sheet(commitments, best).outcome == "certified"
    assert score_sheet(commitments, best | {"c7": 0}).outcome == "not_certified"
    assert score_sheet(commitments, best | {"c7": Decimal("0.01")}).outcome == "certified"
