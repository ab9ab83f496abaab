"""Outcomes stand best first: one that asks for more than a better one, or is valid for longer, is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accreditation_engine.definitions.checking import read_files
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.definitions.rubric_checks import check_rubric
from accreditation_engine.definitions.vocabulary import Vocabulary
from tests.scoring.rubrics import area, criterion, outcomes, rubric

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "rubrics" / "institutional-commitment.yaml"


def of(valid: tuple[str | None, ...] = (), **conditions: Any) -> Rubric:
    written: list[Any] = outcomes(**conditions)
    for each, valid_for in zip(written, valid, strict=False):
        each["valid_for"] = valid_for
    return rubric(area("x", criterion("a"), criterion("b")), area("y", criterion("c")), outcomes=written)


def flaws(valid: tuple[str | None, ...] = (), **conditions: Any) -> list[str]:
    return [
        f"{'.'.join(map(str, each.path))}: {each.message}" for each in check_rubric(of(valid, **conditions))
    ]


def every(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"all": list(parts)}


SCORE_85, SCORE_90 = {"score": {"at_least": 85}}, {"score": {"at_least": 90}}
AREAS_40, AREAS_70 = {"every_area": {"at_least": 40}}, {"every_area": {"at_least": 70}}


@pytest.mark.parametrize(
    ("better", "lower", "said"),
    [
        (
            every(SCORE_85, AREAS_70),
            every(SCORE_90, AREAS_40),
            ("a score at least 90", "a score at least 85"),
        ),
        (
            every(SCORE_90, AREAS_40),
            every(SCORE_85, AREAS_70),
            ("all of 2 areas at least 70", "all of 2 areas at least 40"),
        ),
        (
            every(SCORE_90, {"count": {"rating_at_most": 1, "no_more_than": 2}}),
            every(SCORE_85, {"count": {"rating_at_most": 1, "no_more_than": 0}}),
            ("no more than 0 criteria rated 1 or lower", "no more than 2 criteria rated 1 or lower"),
        ),
        (
            every(SCORE_90, {"criterion": {"id": "a", "at_least": 2}}),
            every(SCORE_85, {"criterion": {"id": "a", "at_least": 3}}),
            ("criterion 'a' at least 3", "criterion 'a' at least 2"),
        ),
    ],
)
def test_lower_outcome_that_asks_for_more_than_a_better_one_is_named(
    better: dict[str, Any], lower: dict[str, Any], said: tuple[str, str]
) -> None:
    assert flaws(gold=better, certified=lower) == [
        f"outcomes.1.when: this asks for {said[0]}, but 'gold', which stands above it, for {said[1]}; the best"
        " outcome stands first: change their order or a number, or, where it is meant, let whoever meets 'gold'"
        " meet this too ('any:' with the condition of 'gold' and this one)"
    ]


@pytest.mark.parametrize(
    ("better", "lower"),
    [
        (every(SCORE_90, AREAS_70), every(SCORE_85, AREAS_40)),
        (every(AREAS_70, {"score": {"at_least": 60}}), every({"score": {"at_least": 65}})),
        (SCORE_85, every({"score": {"at_least": 60}}, {"criterion": {"id": "a", "at_least": 2}})),
        (every(SCORE_85, AREAS_70), {"any": [every(SCORE_85, AREAS_70), every(SCORE_90, AREAS_40)]}),
        ({"score": {"below": 40}}, SCORE_85),
        ({"any": [SCORE_85, AREAS_70]}, every(AREAS_40, {"criterion": {"id": "a", "at_least": 2}})),
        ({"count": {"rating_at_most": 0, "at_least": 1}}, every(SCORE_90, AREAS_40)),
        (every(SCORE_85, AREAS_70), {"score": {"at_least": 4, "on": "scale"}}),
    ],
)
def test_outcomes_that_differ_by_gates_or_are_met_with_the_better_one_are_left_alone(
    better: dict[str, Any], lower: dict[str, Any]
) -> None:
    assert flaws(gold=better, certified=lower) == []


def test_outcome_that_is_never_reached_is_named_once() -> None:
    [said] = flaws(gold=SCORE_85, certified=SCORE_90)
    assert "never reached" in said


def test_lower_outcome_that_is_valid_for_longer_is_named() -> None:
    assert flaws(("P2Y", "P3Y"), certified=SCORE_90, gold=SCORE_85) == [
        "outcomes.1.valid_for: valid for longer (P3Y) than 'certified' (P2Y), which stands above it and asks for"
        " no less; the best outcome stands first: change their order or 'valid_for'"
    ]
    assert flaws(("P3Y", "P36M"), gold=SCORE_90, certified=SCORE_85) == []
    assert flaws(("P1Y", "P365D"), gold=SCORE_90, certified=SCORE_85) == []
    assert flaws((None, "P1Y"), gold=SCORE_90, certified=SCORE_85) == []
    assert flaws(("P1Y", "P2Y"), gold=SCORE_90, gates=AREAS_70) == []
    assert "outcomes.1.valid_for" in flaws(("P1Y", "P2Y"), gold=SCORE_90)[0]


def test_line_of_the_outcome_is_named_when_a_file_is_checked(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    path = tmp_path / SHIPPED.name
    path.write_text(text.replace("- score: {at_least: 60}", "- score: {at_least: 90}"), encoding="utf-8")
    [problem] = read_files([path], Vocabulary()).problems
    line = text[: text.index("- score: {at_least: 60}")].count("\n")
    assert problem.line in (line, line - 1)
    assert "this asks for a score at least 90, but 'gold'" in problem.message


def test_published_schemes_keep_the_order() -> None:
    files = [*(ROOT / "rubrics").glob("*.yaml"), *(ROOT / "tests" / "fixtures").rglob("*.yaml")]
    found = read_files(files, Vocabulary()).problems
    assert not [each for each in found if "best outcome stands first" in each.message]
