"""Conditions that never hold, outcomes that are never reached, rules that are never heard."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accreditation_engine.definitions.claims import Logic, claimed
from accreditation_engine.definitions.outcome_checks import dead_outcomes
from accreditation_engine.definitions.rubric import Rubric, Scale
from accreditation_engine.definitions.rubric_checks import check_rubric
from accreditation_engine.scoring import evaluate, score_sheet
from tests.scoring.conditions import judging_rubrics
from tests.scoring.rubrics import area, criterion, outcomes, ratings, rubric

many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NUMBERS_ONLY = {"minimum": 0, "maximum": 4, "step": 1}


def of(scale: dict[str, Any] | None = None, **conditions: Any) -> Rubric:
    made = rubric(
        area("x", criterion("a"), criterion("b")), area("y", criterion("c")), outcomes=outcomes(**conditions)
    )
    return made if scale is None else made.model_copy(update={"scale": Scale.model_validate(scale)})


def flaws(scale: dict[str, Any] | None = None, **conditions: Any) -> list[str]:
    return [
        f"{'.'.join(map(str, each.path))}: {each.message}" for each in check_rubric(of(scale, **conditions))
    ]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ({"score": {"at_least": 60}}, {"score": {"at_least": 85}}),
        (
            {"score": {"at_least": 60}},
            {"all": [{"score": {"at_least": 60}}, {"every_area": {"at_least": 70}}]},
        ),
        ({"score": {"at_least": 60}}, {"every_area": {"at_least": 60}}),
        ({"area": {"id": "x", "at_least": 50}}, {"every_area": {"at_least": 60}}),
        (
            {"criterion": {"id": "c", "at_least": 2}},
            {"every_criterion": {"at_least": 2, "among": ["y", "a"]}},
        ),
        ({"every_criterion": {"at_least": 1, "among": ["x"]}}, {"every_criterion": {"at_least": 2}}),
        ({"count": {"rating_at_most": 0, "no_more_than": 0}}, {"every_criterion": {"at_least": 1}}),
        (
            {"count": {"rating_at_most": 1, "no_more_than": 2}},
            {"count": {"rating_at_most": 2, "no_more_than": 1}},
        ),
        (
            {"count": {"rating_at_least": 2, "at_least": 1}},
            {"count": {"rating_at_least": 3, "at_least": 2, "among": ["x"]}},
        ),
        ({"any": [{"score": {"at_least": 90}}, {"score": {"at_least": 50}}]}, {"score": {"at_least": 60}}),
        ({"not": {"score": {"at_least": 40}}}, {"score": {"below": 30}}),
        (
            {"growth": {"since": "first_assessment", "at_least": 10}},
            {"growth": {"since": "first_assessment", "at_least": 20}},
        ),
    ],
)
def test_an_outcome_behind_a_weaker_one_is_dead(above: dict[str, Any], below: dict[str, Any]) -> None:
    assert flaws(first=above, second=below) == [
        "outcomes.1.when: never reached: 'first' comes first and holds whenever this does;"
        " move this above it, or change one of them"
    ]
    assert flaws(first=below, second=above) == []


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ({"score": {"at_least": 85}}, {"score": {"at_least": 60}}),
        ({"score": {"at_least": 60}}, {"score": {"at_least": 4, "on": "scale"}}),
        ({"every_area": {"at_least": 50}}, {"score": {"at_least": 90}}),
        ({"every_criterion": {"at_least": 2}}, {"every_criterion": {"at_least": 3, "among": ["x"]}}),
        (
            {"count": {"rating_at_most": 1, "no_more_than": 0}},
            {"count": {"rating_at_most": 1, "answered": "number", "no_more_than": 0}},
        ),
    ],
)
def test_what_does_not_follow_is_left_alone(above: dict[str, Any], below: dict[str, Any]) -> None:
    assert flaws(first=above, second=below) == []


@pytest.mark.parametrize(
    "always",
    [
        {"score": {"at_least": 0}},
        {"any": [{"score": {"at_least": 90}}, {"every_area": {"at_least": 0}}]},
        {"count": {"rating_at_most": 1, "no_more_than": 3}},
        {"count": {"rating_at_most": 1, "at_least": 0}},
    ],
)
def test_an_outcome_that_always_holds_leaves_nothing_to_the_next(always: dict[str, Any]) -> None:
    assert flaws(first={"score": {"at_least": 90}}, second=always) == [
        "outcomes.1.when: this always holds, so 'none' is never reached; ask for more, or remove what follows"
    ]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (
            [{"score": {"at_least": 80}}, {"not": {"score": {"at_least": 70}}}],
            "a score at least 80 and below 70",
        ),
        (
            [{"every_area": {"at_least": 60}}, {"score": {"below": 50}}],
            "all of 2 areas at least 60 and a score below 50",
        ),
        (
            [
                {"count": {"rating_at_most": 1, "no_more_than": 0}},
                {"any": [{"count": {"rating_at_most": 0, "at_least": 2}}]},
            ],
            "at least 2 criteria rated 0 or lower and no more than 0 criteria rated 1 or lower",
        ),
        (
            [{"every_criterion": {"at_least": 2}}, {"count": {"rating_at_most": 1, "at_least": 1}}],
            "all of 3 criteria at least 2 and at least 1 criteria rated 1 or lower",
        ),
        (
            [
                {"score": {"at_least": 80}},
                {
                    "any": [
                        {"score": {"below": 20}},
                        {
                            "all": [
                                {"score": {"below": 70}},
                                {"growth": {"since": "first_assessment", "at_least": 1}},
                            ]
                        },
                    ]
                },
            ],
            "a score at least 80 and below 20",
        ),
    ],
)
def test_a_condition_that_can_never_hold_is_named(parts: list[dict[str, Any]], said: str) -> None:
    assert flaws(gold={"all": parts}) == [f"outcomes.0.when.all: this can never hold: {said}"]


def test_what_may_not_apply_excludes_nothing() -> None:
    both = {
        "all": [{"criterion": {"id": "a", "at_least": 3}}, {"not": {"criterion": {"id": "a", "at_least": 2}}}]
    }
    assert flaws(gold=both) == []
    assert flaws(NUMBERS_ONLY, gold=both) == [
        "outcomes.0.when.all: this can never hold: criterion 'a' at least 3 and below 2"
    ]


def test_a_rule_for_findings_that_a_graver_one_swallows_is_named() -> None:
    def findings(*rules: tuple[str, int]) -> list[str]:
        written = [{"severity": severity, "rating_at_most": rating} for severity, rating in rules]
        found = check_rubric(rubric(area("x", criterion("a")), findings=written))
        return [f"{each.path[1]}: {each.message}" for each in found]

    assert findings(("major", 0), ("minor", 1), ("observation", 2)) == []
    assert findings(("minor", 1), ("major", 1)) == [
        "0: this rule never raises a finding: 'major' up to 1 leaves it nothing; change one of them"
    ]
    assert findings(("minor", 1), ("minor", 0)) == [
        "1: this rule never raises a finding: 'minor' up to 1 leaves it nothing; change one of them"
    ]


@many
@given(judging_rubrics(), st.data())
def test_an_outcome_that_is_called_dead_is_never_chosen(of: Rubric, data: st.DataObject) -> None:
    dead = {
        of.outcomes[int(str(each.path[1]))].outcome
        for each in dead_outcomes(of)
        if each.message.startswith("never reached")
    }
    for _ in range(8 if dead else 0):
        sheet = score_sheet(
            of, data.draw(ratings(of)), first_assessment=score_sheet(of, data.draw(ratings(of)))
        )
        assert sheet.outcome not in dead


@many
@given(judging_rubrics(), st.data())
def test_what_is_said_to_follow_follows_and_what_is_said_to_clash_never_holds(
    of: Rubric, data: st.DataObject
) -> None:
    logic = Logic(of)
    conditions = [each.when for each in of.outcomes if each.when is not None]
    sides = [(each, wanted) for each in conditions for wanted in (True, False)]
    claims = [claimed(each, of, wanted) for each, wanted in sides]
    pairs = [
        (one, two)
        for one in range(len(sides))
        for two in range(len(sides))
        if logic.follows(claims[one], claims[two])
    ]
    clashing = [at for at, each in enumerate(claims) if logic.clash(each)]
    for _ in range(4):
        sheet = score_sheet(of, data.draw(ratings(of)))
        if sheet.complete:
            holds = [evaluate(_asked(*each), sheet).holds for each in sides]
            assert all(holds[two] for one, two in pairs if holds[one])
            assert not any(holds[at] for at in clashing)


def _asked(condition: Any, wanted: bool) -> Any:
    from accreditation_engine.definitions.conditions import Not

    return condition if wanted else Not.model_construct(not_=condition)
