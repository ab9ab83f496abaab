"""What holds for every rubric and every set of ratings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import rfc8785
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accreditation_engine.definitions.rubric import Area, Rubric
from accreditation_engine.scoring import RatingProblems, combined_ratings, parse_ratings, score_sheet

from .rubrics import numbers, rated, rubrics

Case = tuple[Rubric, dict[str, Any]]
many = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(rated())
def test_every_percent_is_within_0_and_100(case: Case) -> None:
    rubric, ratings = case
    sheet = score_sheet(rubric, ratings)
    for node in (sheet.scores.whole, *sheet.areas.values()):
        assert node.exact_percent is None or 0 <= node.exact_percent <= 100


@many
@given(rated(), st.data())
def test_raising_one_rating_lowers_no_node(case: Case, data: st.DataObject) -> None:
    rubric, ratings = case
    name = data.draw(
        st.sampled_from([each for each, rating in ratings.items() if rating != "not_applicable"] or [""])
    )
    assume(name)
    now = rubric.scale.minimum if isinstance(ratings[name], str) else ratings[name]
    raised = data.draw(numbers(rubric, name).filter(lambda number: number >= now))
    before, after = score_sheet(rubric, ratings), score_sheet(rubric, ratings | {name: raised})
    pairs = [(before.scores.whole, after.scores.whole)]
    pairs += [(node, after.areas[area]) for area, node in before.areas.items()]
    for old, new in pairs:
        # A zero without weight bars; raised, it may leave a mean in which nothing has weight: no number.
        if old.exact_percent is not None and new.exact_percent is not None:
            assert new.exact_percent >= old.exact_percent
        assert old.exact_percent is not None or new.exact_percent is None


@many
@given(rated(), st.randoms(use_true_random=False))
def test_the_order_of_areas_and_criteria_never_matters(case: Case, chance: Any) -> None:
    rubric, ratings = case
    other = rubric.model_copy(update={"areas": _shuffled(rubric.areas, chance)})
    one, two = score_sheet(rubric, ratings), score_sheet(other, ratings)
    assert one.scores.whole == two.scores.whole
    assert dict(one.areas) == dict(two.areas)
    assert one.outcome == two.outcome


def _shuffled(areas: tuple[Area, ...], chance: Any) -> tuple[Area, ...]:
    inner = [
        area.model_copy(
            update={
                "areas": _shuffled(area.areas, chance),
                "criteria": tuple(chance.sample(area.criteria, len(area.criteria))),
            }
        )
        for area in areas
    ]
    return tuple(chance.sample(inner, len(inner)))


@many
@given(rated(), st.data())
def test_not_applicable_equals_removing_the_criterion(case: Case, data: st.DataObject) -> None:
    rubric, ratings = case
    gone = data.draw(st.sets(st.sampled_from(list(ratings)), min_size=1))
    areas = _without(rubric.areas, gone)
    assume(areas)
    marked = score_sheet(rubric, ratings | dict.fromkeys(gone, "not_applicable"))
    kept = {name: rating for name, rating in ratings.items() if name not in gone}
    removed = score_sheet(rubric.model_copy(update={"areas": areas}), kept)
    assert marked.scores.whole == removed.scores.whole
    assert {name: marked.areas[name] for name in removed.areas} == dict(removed.areas)
    assert all(node.percent is None for name, node in marked.areas.items() if name not in removed.areas)


def _without(areas: tuple[Area, ...], gone: set[str]) -> tuple[Area, ...]:
    kept = [
        area.model_copy(
            update={
                "areas": _without(area.areas, gone),
                "criteria": tuple(each for each in area.criteria if each.id not in gone),
            }
        )
        for area in areas
    ]
    return tuple(area for area in kept if area.parts)


@many
@given(rubrics())
def test_all_at_the_maximum_is_100_percent(rubric: Rubric) -> None:
    sheet = score_sheet(rubric, {each.id: rubric.ceiling(each) for each in rubric.every_criterion()})
    assert sheet.scores.whole.exact_percent in (100, None)  # None: everything in it weighs nothing


@many
@given(rubrics())
def test_all_at_the_minimum_is_0_percent(rubric: Rubric) -> None:
    sheet = score_sheet(rubric, {each.id: rubric.scale.minimum for each in rubric.every_criterion()})
    assert sheet.scores.whole.exact_percent in (0, None)


@many
@given(rubrics())
def test_unable_to_verify_counts_as_the_minimum_and_is_listed(rubric: Rubric) -> None:
    names = [each.id for each in rubric.every_criterion()]
    unable = score_sheet(rubric, dict.fromkeys(names, "unable_to_verify"))
    least = score_sheet(rubric, dict.fromkeys(names, rubric.scale.minimum))
    assert unable.scores.whole == least.scores.whole
    assert unable.unverified == tuple(names)
    assert least.unverified == ()


@many
@given(rated(), st.integers(1, 4))
def test_reviewers_who_agree_combine_to_what_each_said(case: Case, reviewers: int) -> None:
    rubric, ratings = case
    assert combined_ratings(rubric, [ratings] * reviewers) == ratings


@many
@given(rated(), st.data())
def test_every_mean_of_reviewers_lies_on_the_scale(case: Case, data: st.DataObject) -> None:
    rubric, ratings = case
    others = [
        {name: data.draw(numbers(rubric, name)) for name in ratings}
        for _ in range(data.draw(st.integers(1, 2)))
    ]
    assert score_sheet(rubric, combined_ratings(rubric, [ratings, *others])).missing == ()


@many
@given(rated())
def test_a_sheet_is_canonical_json_with_text_for_numbers(case: Case) -> None:
    rubric, ratings = case
    sheet = score_sheet(rubric, ratings)
    assert rfc8785.dumps(sheet.as_json())
    assert _numbers_in(sheet.as_json()) == []
    assert sheet.digest() == score_sheet(rubric, dict(reversed(ratings.items()))).digest()


def _numbers_in(value: Any) -> list[Any]:
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return [number for each in inner for number in _numbers_in(each)]
    return [value] if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else []


@many
@given(rated())
def test_what_a_sheet_holds_is_read_back_as_it_was_typed(case: Case) -> None:
    rubric, ratings = case
    assert parse_ratings(rubric, {name: str(rating) for name, rating in ratings.items()}) == ratings


@settings(deadline=None)
@given(
    rubrics(),
    st.dictionaries(st.text(max_size=8), st.text(max_size=12) | st.integers() | st.floats(), max_size=5),
)
def test_strange_input_is_refused_by_name_and_never_breaks(rubric: Rubric, raw: dict[str, Any]) -> None:
    names = [each.id for each in rubric.every_criterion()]
    for answers in (raw, dict(zip(names, raw.values(), strict=False))):
        assert _outcome_of(rubric, answers) in ("scored", "refused")


def _outcome_of(rubric: Rubric, answers: dict[str, Any]) -> str:
    try:
        score_sheet(rubric, parse_ratings(rubric, answers))
    except RatingProblems as refusal:
        return (
            "refused" if all(f"{each}{each.in_words('ar')}" for each in refusal.problems) else "unexplained"
        )
    return "scored"
