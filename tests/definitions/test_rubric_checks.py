from __future__ import annotations

from time import process_time

import pytest

from accreditation_engine.scoring import parse_ratings, score_sheet

from .examples import RUBRIC, changed, check, line_of, problems, rubric_problems

BAND = "  - outcome: gold\n"


def test_a_sound_rubric_has_no_problem() -> None:
    assert problems(RUBRIC) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("minimum: 0", "minimum: 4", "7: 'maximum' must be above the minimum, 4"),
        ("step: 1", "step: 3", "8: steps of 3 do not lead from 0 to 4"),
        ("{0: {ar: غائب", "{9: {ar: غائب", "9: anchor 9 is not on the scale"),
        ("{0: {ar: غائب", "{0.5: {ar: غائب", "9: anchor 0.5 is not on the scale"),
        (
            "[not_applicable, u",
            "[unable_to_verify, u",
            "10: the word 'unable_to_verify' stands here a second time",
        ),
        ("id: integrity-2", "id: integrity-1", "19: the id 'integrity-1' stands here a second time"),
        ("id: inner-1", "id: integrity", "30: the id 'integrity' stands here a second time"),
        ("outcome: not_certified", "outcome: gold", "43: the outcome 'gold' stands here a second time"),
        (
            "    met_at: 3\n",
            "",
            "24: 'share_met' counts what is met; add 'met_at: ...', the lowest rating that is",
        ),
        (
            "source: ",
            "reconcile_above: 4\nsource: ",
            "4: no two ratings differ by more than 4, so nothing is ever reconciled; write less",
        ),
        ("met_at: 3", "met_at: 2.5", "25: 'met_at' must be from 0 to 4 in steps of 1"),
        (
            "combine: share_met",
            "combine: minimum",
            "25: 'met_at' goes with 'combine: share_met', not with minimum",
        ),
        (
            "weight: 2",
            "weight: 2\n        maximum: 0",
            "22: 'maximum' of 'integrity-2' must be above 0 in steps of 1",
        ),
        (
            "weight: 2",
            "weight: 2\n        maximum: 2.5",
            "22: 'maximum' of 'integrity-2' must be above 0 in steps of 1",
        ),
        ("weight: 10", "maximum: 0", "14: 'maximum' of 'integrity' must be above 0"),
        (
            "rating_at_most: 0,",
            "rating_at_most: 9,",
            "33: 'rating_at_most' must be from 0 to 4 in steps of 1",
        ),
        (
            "score: {at_least: 85}",
            "score: {at_least: 101}",
            "39: 'at_least' is 101; it must be from 0 to 100",
        ),
        (
            "score: {at_least: 85}",
            "score: {at_least: 5, on: scale}",
            "39: 'at_least' is 5; it must be from 0 to 4",
        ),
        ("score: {at_least: 85}", "score: {below: 0}", "39: this can never hold: no score is below 0"),
        (
            "every_area: {at_least: 70}",
            "every_area: {at_least: 5, on: scale}",
            "40: 'at_least' is 5; it must be from 0 to 4, the scores of area 'integrity'",
        ),
        (
            "every_area: {",
            "area: {id: integritty, ",
            "40: unknown area 'integritty'; did you mean 'integrity'?",
        ),
        (
            "every_area: {",
            "area: {id: inner-1, ",
            "40: 'inner-1' is a criterion, not an area; write 'criterion:'",
        ),
        (
            "every_area: {at_least: 70}",
            "criterion: {id: inner, at_least: 2}",
            "40: 'inner' is an area, not a criterion; write 'area:'",
        ),
        (
            "every_area: {at_least: 70}",
            "criterion: {id: inner-1, at_least: 5}",
            "40: 'at_least' is 5; it must be from 0 to 4 in steps of 1",
        ),
        (
            "every_area: {at_least: 70}",
            "not: {any: [every_criterion: {at_least: 5}]}",
            "40: 'at_least' is 5; it must be from 0 to 4 in steps of 1, the ratings of criterion",
        ),
        ("no_more_than: 2", "no_more_than: 4", "41: 'no_more_than' is 4, but there are only 3 criteria"),
        ("no_more_than: 2", "at_least: 4", "41: 'at_least' is 4, but there are only 3 criteria"),
        (
            "no_more_than: 2",
            "among: [integrity, inner-2], no_more_than: 2",
            "41: unknown area or criterion 'inner-2'; did you mean 'inner-1'?",
        ),
        (
            "no_more_than: 2",
            "among: [openness], no_more_than: 2",
            "41: 'no_more_than' is 2, but there are only 1 criteria",
        ),
        (
            "every_area: {at_least: 70}",
            "every_criterion: {at_least: 3, among: [openness, x]}",
            "40: unknown area or criterion 'x'",
        ),
        (
            "count: {rating_at_most: 1",
            "count: {rating_at_most: 7",
            "41: 'rating_at_most' is 7; it must be from 0 to 4",
        ),
        (
            "every_area: {at_least: 70}",
            "score: {below: 85}",
            "38: this can never hold: a score at least 85 and below 85",
        ),
    ],
)
def test_one_mistake_of_meaning_is_named_at_its_line(old: str, new: str, problem: str) -> None:
    found = rubric_problems(old, new)
    assert len(found) == 1
    assert found[0].startswith(f"a.yaml:{problem}")


def test_a_count_of_an_answer_that_nobody_can_give_is_named() -> None:
    text = changed(RUBRIC, "[not_applicable, unable_to_verify]", "[not_applicable]")
    text = changed(text, "rating_at_most: 1,", "answered: unable_to_verify,")
    assert problems(text) == [
        "a.yaml:41: nobody can answer 'unable_to_verify' here; add it to 'also' of the scale"
    ]


def test_an_area_that_holds_nothing_is_named() -> None:
    text = changed(RUBRIC, "findings:", "  - {id: empty, title: {ar: فارغ, en: Empty}}\nfindings:")
    assert problems(text) == [
        "a.yaml:32: area 'empty' is empty; give it 'criteria:' or 'areas:', or remove it"
    ]


def test_an_area_that_holds_criteria_and_areas_is_named() -> None:
    inner = "    areas: [{id: a, title: {ar: س, en: A}, criteria: [{id: b, title: {ar: س, en: B}}]}]\n"
    assert problems(changed(RUBRIC, "    weight: 10\n", "    weight: 10\n" + inner)) == [
        "a.yaml:15: area 'integrity' holds criteria and areas; put the criteria in an area"
    ]


def test_a_mean_over_weights_of_zero_is_named_for_areas_and_for_criteria() -> None:
    text = changed(RUBRIC, "weight: 10", "weight: 0")
    text = changed(text, "    combine: share_met\n", "    weight: 0\n    combine: share_met\n")
    text = changed(text, "        evidence: required\n", "        weight: 0\n").replace(
        "weight: 2", "weight: 0"
    )
    message = "here weigh 0, so there is no mean; give one a weight above 0"
    assert problems(text) == [f"a.yaml:11: all areas {message}", f"a.yaml:15: all criteria {message}"]


def test_an_outcome_without_when_that_is_not_the_last_makes_the_next_dead() -> None:
    text = changed(RUBRIC, BAND, "  - {outcome: any, title: {ar: س, en: Any}}\n" + BAND)
    assert problems(text) == [
        "a.yaml:35: without 'when' this outcome always holds, so 'gold' is never reached; add 'when:'"
    ]


def test_a_last_outcome_with_when_is_named() -> None:
    text = RUBRIC + "    when: {score: {below: 50}}\n"
    assert problems(text) == [
        f"a.yaml:{line_of(text, 'when: {score: {below')}: the last outcome is what is left; "
        "remove its 'when:', or add an outcome without one"
    ]


def test_an_outcome_behind_one_with_the_same_condition_is_named() -> None:
    one, same = "when: {score: {at_least: 90}}", "when: {score: {on: percent, at_least: 90.0}}"
    bands = f"  - {{outcome: a, title: {{ar: س, en: A}}, {one}}}\n"
    bands += f"  - {{outcome: b, title: {{ar: س, en: B}}, {same}}}\n"
    assert problems(changed(RUBRIC, BAND, bands + BAND)) == [
        "a.yaml:36: 'a' has the same condition and comes first; change one of them"
    ]


def test_points_are_measured_by_what_they_add_up_to() -> None:
    text = changed(RUBRIC, "source: Invented for tests", "source: Invented\ncombine: sum")
    text = changed(text, "    weight: 10\n", "    combine: sum\n")
    for limit, weight in (
        (108, "weight: 2"),
        (112, "maximum: 8"),
    ):  # ratings of 4 and 4 (or 8), and 100 percent
        reached = changed(text, "score: {at_least: 85}", f"score: {{at_least: {limit}, on: scale}}")
        assert problems(changed(reached, "weight: 2", weight)) == []
    beyond = changed(text, "score: {at_least: 85}", "score: {at_least: 109, on: scale}")
    assert problems(beyond) == ["a.yaml:40: 'at_least' is 109; it must be from 0 to 108"]


def test_a_rubric_of_5000_criteria_is_read_checked_and_scored() -> None:
    """Two seconds of one core where it was measured, nearly all of them for reading YAML."""
    title = "title: {ar: معيار, en: Criterion}"
    areas = "".join(
        f"  - id: a{area}\n    {title}\n    criteria:\n"
        + "".join(f"      - {{id: a{area}-{each}, {title}, weight: {each + 1}}}\n" for each in range(50))
        for area in range(100)
    )
    start, end = RUBRIC.index("areas:\n") + len("areas:\n"), RUBRIC.index("findings:")
    began = process_time()
    checked = check(RUBRIC[:start] + areas + RUBRIC[end:])
    assert checked.problems == ()
    rubric = checked.rubrics["commitment"]
    ratings = {each.id: 4 for each in rubric.every_criterion()}
    assert len(ratings) == 5000
    assert score_sheet(rubric, parse_ratings(rubric, ratings)).outcome == "gold"
    assert process_time() - began < 15
