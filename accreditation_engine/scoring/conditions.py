"""Conditions judged on scores. Numbers are compared as they are shown: rounded once, as the rubric declares.

Negation is carried down to the leaves (not all = any not), so that a reason always says what was asked for:
a refused `not: {score: {at_least: 50}}` asks for a score below 50.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from accreditation_engine.definitions.conditions import (
    AreaTest,
    Condition,
    CountTest,
    CriterionTest,
    EveryAreaTest,
    EveryCriterionTest,
    GrowthTest,
    ScoreTest,
    Unit,
    kind_of,
)

from .alike import alike
from .ratings import Ratings
from .rounding import plain, rounded
from .scores import Node, Scores
from .verdicts import Reason, Value, Verdict

OPPOSITE = {"at_least": "below", "below": "at_least"}


@dataclass(frozen=True)
class Facts:
    """What conditions are judged on: the scores with the answers behind them, and the scores of the first
    assessment if there was one."""

    scores: Scores
    answers: Ratings
    first: Scores | None = None


def judge(condition: Condition, facts: Facts, wanted: bool = True) -> Verdict:
    """Whether `condition` is as `wanted`; `wanted=False` judges its negation."""
    kind = kind_of(condition)
    assert kind is not None  # noqa: S101 - every condition is of a known kind
    if kind == "not":
        return judge(condition.not_, facts, not wanted)  # type: ignore[union-attr]
    return JUDGES[kind](getattr(condition, kind), facts, wanted)


def _all(conditions: tuple[Condition, ...], facts: Facts, wanted: bool) -> Verdict:
    verdicts = (judge(each, facts, wanted) for each in conditions)
    return _together(verdicts) if wanted else _either(verdicts)


def _any(conditions: tuple[Condition, ...], facts: Facts, wanted: bool) -> Verdict:
    verdicts = (judge(each, facts, wanted) for each in conditions)
    return _either(verdicts) if wanted else _together(verdicts)


def _together(verdicts: Iterable[Verdict]) -> Verdict:
    every = list(verdicts)
    holds = all(verdict.holds for verdict in every)
    return Verdict(holds, tuple(reason for each in every if each.holds == holds for reason in each.reasons))


def _either(verdicts: Iterable[Verdict]) -> Verdict:
    every = list(verdicts)
    first = next((verdict for verdict in every if verdict.holds), None)
    if first is not None or len(every) == 1:
        return first or every[0]
    ways = tuple(_one(verdict) for verdict in every)
    return Verdict(False, (Reason("one_of", False, parts=ways),))


def _one(verdict: Verdict) -> Reason:
    if len(verdict.reasons) == 1:
        return verdict.reasons[0]
    return Reason("all_of", verdict.holds, parts=verdict.reasons)


def _compare(code: str, value: Decimal, bound: str, asked: Decimal, **values: Value) -> Verdict:
    holds = value >= asked if bound == "at_least" else value < asked
    numbers = {"value": plain(value), "bound": bound, "asked": plain(asked)}
    return Verdict(holds, (Reason(code, holds, {**values, **numbers}),))


def _bound(bound: str, wanted: bool) -> str:
    return bound if wanted else OPPOSITE[bound]


def _in_unit(node: Node, unit: Unit) -> Decimal | None:
    return node.percent if unit == "percent" else node.score


def _score(test: ScoreTest, facts: Facts, wanted: bool) -> Verdict:
    bound, asked = ("at_least", test.at_least) if test.at_least is not None else ("below", test.below)
    value = _in_unit(facts.scores.whole, test.on)
    assert value is not None  # noqa: S101 - `evaluate` judges no sheet without a score
    assert asked is not None  # noqa: S101 - the model has exactly one of the two
    return _compare("score", value, _bound(bound, wanted), asked, unit=test.on)


def _area(test: AreaTest, facts: Facts, wanted: bool) -> Verdict:
    value = _in_unit(facts.scores.areas[test.id], test.on)
    if value is None:
        return Verdict(True, (Reason("area_not_applicable", True, {"area": test.id}),))
    return _compare("area", value, _bound("at_least", wanted), test.at_least, area=test.id, unit=test.on)


def _every_area(test: EveryAreaTest, facts: Facts, wanted: bool) -> Verdict:
    values = {name: _in_unit(node, test.on) for name, node in facts.scores.areas.items()}
    applicable = {name: value for name, value in values.items() if value is not None}
    return _every("area", applicable, test.at_least, wanted, unit=test.on)


def _criterion(test: CriterionTest, facts: Facts, wanted: bool) -> Verdict:
    rating = facts.scores.rating(test.id)
    if rating is None:
        return Verdict(True, (Reason("criterion_not_applicable", True, {"criterion": test.id}),))
    return _compare("criterion", rating, _bound("at_least", wanted), test.at_least, criterion=test.id)


def _every_criterion(test: EveryCriterionTest, facts: Facts, wanted: bool) -> Verdict:
    ratings = _ratings_among(test.among, facts)
    return _every("criterion", ratings, test.at_least, wanted, **_named(test.among))


def _ratings_among(names: tuple[str, ...], facts: Facts) -> Mapping[str, Decimal]:
    if not names:
        return facts.scores.ratings
    wanted = {each.id for each in facts.scores.rubric.criteria_among(names)}
    return {name: rating for name, rating in facts.scores.ratings.items() if name in wanted}


def _named(names: tuple[str, ...]) -> dict[str, Value]:
    return {"among": names} if names else {}


def _every(kind: str, values: Mapping[str, Decimal], asked: Decimal, wanted: bool, **more: Value) -> Verdict:
    """Every value at least `asked`, or (not wanted) at least one below it; reasons name the worst or all."""
    if not values:
        return Verdict(True, (Reason("nothing_applicable", True),))
    below = {name: value for name, value in values.items() if value < asked}
    if below and wanted:
        verdicts = [
            _compare(kind, value, "at_least", asked, **{kind: name}, **more) for name, value in below.items()
        ]
        return _together(verdicts)
    name = min(values, key=lambda each: values[each])
    bound = "at_least" if wanted else "below"
    numbers = {kind: name, "value": plain(values[name]), "bound": bound, "asked": plain(asked), **more}
    holds = bool(below) is not wanted
    return Verdict(holds, (Reason(f"every_{kind}" if wanted else f"some_{kind}", holds, numbers),))


def _count(test: CountTest, facts: Facts, wanted: bool) -> Verdict:
    """How many criteria are rated so, or answered with that word; else not-applicable ones are not counted."""
    found = _answering(test, facts) if test.word is not None else _rated_so(test, facts)
    bound, asked = _count_bound(test, wanted)
    holds = len(found) <= asked if bound == "no_more_than" else len(found) >= asked
    code = {None: "count", "number": "count_verified"}.get(test.answered, f"count_{test.word}")
    values: dict[str, Value] = {
        **_rated_as(test),
        **_named(test.among),
        "value": str(len(found)),
        "bound": bound,
        "asked": str(asked),
        "criteria": found,
    }
    return Verdict(holds, (Reason(code, holds, values),))


def _answering(test: CountTest, facts: Facts) -> tuple[str, ...]:
    among = facts.scores.rubric.criteria_among(test.among)
    return tuple(each.id for each in among if facts.answers.get(each.id) == test.word)


def _rated_so(test: CountTest, facts: Facts) -> tuple[str, ...]:
    at_most, limit = _rating_bound(test)
    return tuple(
        name
        for name, rating in _ratings_among(test.among, facts).items()
        if (rating <= limit if at_most else rating >= limit)
        and not (test.answered == "number" and facts.answers.get(name) == "unable_to_verify")
    )


def _rated_as(test: CountTest) -> dict[str, Value]:
    if test.word is not None:
        return {}
    at_most, limit = _rating_bound(test)
    return {"rated": "at_most" if at_most else "at_least", "rating": plain(limit)}


def _rating_bound(test: CountTest) -> tuple[bool, Decimal]:
    """Whether it is the highest (or the lowest) rating that is counted, and which."""
    limit = test.rating_at_most if test.rating_at_most is not None else test.rating_at_least
    assert limit is not None  # noqa: S101 - the model has exactly one of the two where no word is counted
    return test.rating_at_most is not None, limit


def _count_bound(test: CountTest, wanted: bool) -> tuple[str, int]:
    if test.no_more_than is not None:
        return ("no_more_than", test.no_more_than) if wanted else ("at_least", test.no_more_than + 1)
    assert test.at_least is not None  # noqa: S101 - the model has exactly one of the two
    return ("at_least", test.at_least) if wanted else ("no_more_than", test.at_least - 1)


def _growth(test: GrowthTest, facts: Facts, wanted: bool) -> Verdict:
    """Growth of the whole's score, 100 x (now - first) / first, in percent.

    Without a first score there is none, nor from one that was measured in another unit, and the condition holds
    neither way. From a first score of zero any rise is more than every rate.
    """
    bound = _bound("at_least", wanted)
    values: dict[str, Value] = {"bound": bound, "asked": plain(test.at_least)}
    now = facts.scores.whole.exact_score
    first = facts.first.whole.exact_score if facts.first else None
    if first is None or now is None:
        return Verdict(False, (Reason("growth_unknown", False, values),))
    if facts.first and not alike(facts.first.rubric, facts.scores.rubric):
        return Verdict(False, (Reason("growth_unlike", False, values),))
    if first <= 0:
        holds = (first == 0 and now > 0) is wanted
        return Verdict(holds, (Reason("growth_from_nothing", holds, values),))
    growth = rounded(Fraction(100) * (now - first) / first, facts.scores.rubric.rounding)
    return _compare("growth", growth, bound, test.at_least)


JUDGES: dict[str, Callable[[Any, Facts, bool], Verdict]] = {
    "all": _all,
    "any": _any,
    "score": _score,
    "area": _area,
    "every_area": _every_area,
    "criterion": _criterion,
    "every_criterion": _every_criterion,
    "count": _count,
    "growth": _growth,
}
