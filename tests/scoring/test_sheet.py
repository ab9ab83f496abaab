"""The whole sheet: outcomes, findings, what is missing, and its form in JSON."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest

from accreditation_engine.scoring import Finding, Reason, outcome_at_least, score_sheet

from .rubrics import area, criterion, outcomes, rubric

RULES = rubric(
    area("integrity", criterion("integrity-1", weight=3), criterion("integrity-2")),
    area("equality", criterion("equality-1")),
    outcomes=outcomes(
        gold={"all": [{"score": {"at_least": 85}}, {"every_area": {"at_least": 70}}]},
        certified={"score": {"at_least": 50}},
    ),
    findings=[
        {"severity": "minor", "rating_at_most": 1, "correct_within": "P180D"},
        {"severity": "major", "rating_at_most": 0, "correct_within": "P90D"},
        {"severity": "observation", "rating_at_most": 2},
    ],
)


def sheet(integrity_1: Any, integrity_2: Any, equality_1: Any) -> Any:
    return score_sheet(
        RULES, {"integrity-1": integrity_1, "integrity-2": integrity_2, "equality-1": equality_1}
    )


def test_the_first_outcome_that_holds_is_taken() -> None:
    assert sheet(4, 4, 4).outcome == "gold"
    assert sheet(4, 4, 2).outcome == "certified"
    assert sheet(1, 1, 0).outcome == "none"


def test_reasons_are_those_for_the_outcome_and_against_the_one_above() -> None:
    told = [(each.outcome, each.code, each.holds) for each in sheet(4, 4, 2).reasons]
    assert told == [("certified", "score", True), ("gold", "score", False), ("gold", "area", False)]
    told = [(each.outcome, each.code, each.holds) for each in sheet(1, 1, 0).reasons]
    assert told == [("none", "otherwise", True), ("certified", "score", False)]
    assert {each.outcome for each in sheet(4, 4, 4).reasons} == {"gold"}


def test_no_outcome_is_given_when_not_even_the_last_holds() -> None:
    last = RULES.outcomes[:1]
    strict = RULES.model_copy(update={"outcomes": last})
    result = score_sheet(strict, {"integrity-1": 1, "integrity-2": 1, "equality-1": 1})
    assert (result.complete, result.outcome) == (True, None)
    assert {(each.outcome, each.holds) for each in result.reasons} == {("gold", False)}


def test_the_severest_rule_raises_one_finding_a_criterion() -> None:
    assert sheet(0, 1, 2).findings == (
        Finding("integrity-1", "major", "P90D"),
        Finding("integrity-2", "minor", "P180D"),
        Finding("equality-1", "observation", None),
    )


def test_findings_come_from_unable_to_verify_and_not_from_not_applicable() -> None:
    found = sheet("unable_to_verify", "not_applicable", 4).findings
    assert found == (Finding("integrity-1", "major", "P90D"),)


def test_an_incomplete_sheet_has_scores_of_what_is_answered_and_no_outcome() -> None:
    result = score_sheet(RULES, {"integrity-1": 3})
    assert (result.complete, result.outcome, result.missing) == (False, None, ("integrity-2", "equality-1"))
    assert (str(result.percent), result.areas["equality"].percent) == ("75.00", None)
    assert result.reasons == (Reason("missing", False, {"criteria": ("integrity-2", "equality-1")}),)


def test_an_empty_sheet_has_no_score() -> None:
    result = score_sheet(RULES, {})
    assert (result.complete, result.score, result.percent, result.outcome) == (False, None, None, None)


def test_a_sheet_on_which_nothing_applies_is_not_complete_and_says_why() -> None:
    result = sheet(*["not_applicable"] * 3)
    assert (result.complete, result.outcome, result.percent) == (False, None, None)
    assert [each.code for each in result.reasons] == ["nothing_applicable"]


def test_the_json_form_has_the_keys_of_the_contract_and_text_for_numbers() -> None:
    result = sheet(3, "unable_to_verify", 4)
    assert result.as_json() == {
        "rubric": "example",
        "edition": "1",
        "complete": True,
        "score": "3.13",  # ((3 x 3 + 0) / 4 + 4) / 2 = 3.125
        "percent": "78.13",
        "areas": {
            "integrity": {"score": "2.25", "percent": "56.25"},
            "equality": {"score": "4.00", "percent": "100.00"},
        },
        "outcome": "certified",
        "reasons": [
            {
                "outcome": "certified",
                "code": "score",
                "holds": True,
                "unit": "percent",
                "value": "78.13",
                "bound": "at_least",
                "asked": "50",
            },
            {
                "outcome": "gold",
                "code": "score",
                "holds": False,
                "unit": "percent",
                "value": "78.13",
                "bound": "at_least",
                "asked": "85",
            },
            {
                "outcome": "gold",
                "code": "area",
                "holds": False,
                "area": "integrity",
                "unit": "percent",
                "value": "56.25",
                "bound": "at_least",
                "asked": "70",
            },
        ],
        "findings": [{"criterion": "integrity-2", "severity": "major"}],
        "unverified": ["integrity-2"],
    }


def test_the_digest_is_sha256_of_the_canonical_form() -> None:
    result = sheet(3, 1, 4)
    canonical = json.dumps(result.as_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert result.digest() == sha256(canonical.encode()).hexdigest()
    assert result.digest() != sheet(3, 2, 4).digest()


def test_reasons_come_back_from_json_as_they_were() -> None:
    for result in (sheet(3, 1, 4), score_sheet(RULES, {})):
        stored = json.loads(json.dumps(result.as_json()))["reasons"]
        assert tuple(Reason.from_json(each) for each in stored) == result.reasons


def test_outcomes_are_ordered_best_first() -> None:
    assert outcome_at_least(RULES, "gold", "certified")
    assert outcome_at_least(RULES, "certified", "certified")
    assert not outcome_at_least(RULES, "none", "certified")
    assert not outcome_at_least(RULES, None, "none")
    with pytest.raises(ValueError, match="example has no outcome silver; it has gold, certified, none"):
        outcome_at_least(RULES, "gold", "silver")


def test_share_met_without_met_at_is_refused_by_name() -> None:
    broken = rubric(area("x", criterion("a"), combine="share_met"))
    with pytest.raises(ValueError, match="x combines by share_met and does not say met_at"):
        score_sheet(broken, {"a": 1})
