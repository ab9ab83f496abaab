"""Random conditions, of every kind, that a rubric can be judged by."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from accreditation_engine.definitions.rubric import Rubric

from .rubrics import outcomes, rubrics

KINDS = ("score", "area", "every_area", "criterion", "every_criterion", "count", "growth")


@st.composite
def judging_rubrics(draw: st.DrawFn) -> Rubric:
    """A random rubric with up to three outcomes and what is left."""
    of = draw(rubrics())
    conditions = draw(st.lists(_condition(of), min_size=1, max_size=3))
    chosen = outcomes(**{f"o{at}": condition for at, condition in enumerate(conditions)})
    return Rubric.model_validate({**of.model_dump(by_alias=True, exclude_defaults=True), "outcomes": chosen})


def _condition(of: Rubric) -> st.SearchStrategy[dict[str, Any]]:
    leaves = st.sampled_from(KINDS).flatmap(lambda kind: _leaf(of, kind).map(lambda inside: {kind: inside}))
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda each: {"all": each}),
            st.lists(inner, min_size=1, max_size=3).map(lambda each: {"any": each}),
            inner.map(lambda each: {"not": each}),
        ),
        max_leaves=5,
    )


def _leaf(of: Rubric, kind: str) -> st.SearchStrategy[dict[str, Any]]:
    areas = [each.id for each in of.every_area()]
    criteria = [each.id for each in of.every_criterion()]
    names = st.lists(st.sampled_from([*areas, *criteria]), max_size=2, unique=True)
    fixed = st.fixed_dictionaries
    rating, score = _ratings(of), _scores(of)
    bounds = st.sampled_from(("no_more_than", "at_least"))
    return {
        "score": st.sampled_from(("at_least", "below")).flatmap(
            lambda bound: score.map(lambda each: {bound: each[1], "on": each[0]})
        ),
        "area": st.tuples(st.sampled_from(areas), score).map(
            lambda each: {"id": each[0], "at_least": each[1][1], "on": each[1][0]}
        ),
        "every_area": score.map(lambda each: {"at_least": each[1], "on": each[0]}),
        "criterion": fixed({"id": st.sampled_from(criteria), "at_least": rating}),
        "every_criterion": fixed({"at_least": rating, "among": names}),
        "count": st.tuples(_counted(of), bounds, st.integers(0, 3), names).map(
            lambda each: {**each[0], each[1]: each[2], "among": each[3]}
        ),
        "growth": fixed({"since": st.just("first_assessment"), "at_least": st.integers(-50, 150)}),
    }[kind]


def _counted(of: Rubric) -> st.SearchStrategy[dict[str, Any]]:
    rated = st.tuples(st.sampled_from(("rating_at_most", "rating_at_least")), _ratings(of)).map(
        lambda each: {each[0]: each[1]}
    )
    return st.one_of(
        rated,
        rated.map(lambda each: {**each, "answered": "number"}),
        st.sampled_from(of.scale.also).map(lambda word: {"answered": word}),
    )


def _ratings(of: Rubric) -> st.SearchStrategy[Decimal]:
    steps = int((of.scale.maximum - of.scale.minimum) / of.scale.step)
    return st.integers(0, steps).map(lambda step: of.scale.minimum + step * of.scale.step)


def _scores(of: Rubric) -> st.SearchStrategy[tuple[str, Decimal]]:
    """Thresholds at which ratings meet often, and others."""
    percent = st.sampled_from(
        [Decimal(each) for each in ("0", "25", "33.33", "50", "62.5", "66.67", "75", "100")]
    )
    scale = st.sampled_from(("0", "0.25", "0.5", "0.75", "1", "1.5")).map(
        lambda part: of.scale.minimum + Decimal(part) * (of.scale.maximum - of.scale.minimum)
    )
    return st.one_of(percent.map(lambda each: ("percent", each)), scale.map(lambda each: ("scale", each)))
