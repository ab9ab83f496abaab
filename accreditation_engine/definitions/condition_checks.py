"""Whether a condition can be judged on a rubric, and whether it can ever hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from .base import as_text
from .claims import Claim, Logic, claimed
from .conditions import (
    AllOf,
    AreaTest,
    Condition,
    CountTest,
    CriterionTest,
    EveryAreaTest,
    EveryCriterionTest,
    ScoreTest,
    kind_of,
)
from .measures import ratings, ratings_of, scores_of
from .problems import Flaw, Path, instead
from .rubric import Rubric


def check_condition(condition: Condition, rubric: Rubric, path: Path) -> Iterator[Flaw]:
    """What is wrong with `condition`, which stands at `path`, when it is judged on scores of `rubric`."""
    kind = kind_of(condition)
    assert kind is not None  # noqa: S101 - every condition is of a known kind
    if kind in ("all", "any"):
        flaws = list(_each(getattr(condition, kind), rubric, (*path, kind)))
        yield from flaws
        if isinstance(condition, AllOf) and not flaws:
            yield from _contradictions(condition, rubric, path)
    elif kind == "not":
        yield from check_condition(condition.not_, rubric, (*path, "not"))  # type: ignore[union-attr]
    elif kind in _TESTS:
        yield from _TESTS[kind](getattr(condition, kind), rubric, (*path, kind))


def _each(conditions: Iterable[Condition], rubric: Rubric, path: Path) -> Iterator[Flaw]:
    for index, condition in enumerate(conditions):
        yield from check_condition(condition, rubric, (*path, index))


def _contradictions(condition: AllOf, rubric: Rubric, path: Path) -> Iterator[Flaw]:
    """Two things that are asked for at once and exclude each other."""
    clash = Logic(rubric).clash(claimed(condition, rubric))
    if clash is not None:
        one, other = sorted(clash, key=lambda each: not each.above)
        yield Flaw((*path, "all"), f"this can never hold: {one} and {_shortly(other, one)}")


def _shortly(other: Claim, one: Claim) -> str:
    """`other`, without the words that it begins with as `one` does: "a score at least 85 and below 85"."""
    subject = str(one).split(" at least ")[0]
    return str(other).removeprefix(f"{subject} ")


def _score(test: ScoreTest, rubric: Rubric, path: Path) -> Iterator[Flaw]:
    possible = scores_of(rubric, rubric, test.on)
    for key in ("at_least", "below"):
        number = getattr(test, key)
        if number is not None and number not in possible:
            yield _out_of_range(number, f"from {possible}", (*path, key))
    if test.below is not None and test.below == possible.low:
        yield Flaw((*path, "below"), f"this can never hold: no score is below {as_text(possible.low)}")


def _area(test: AreaTest, rubric: Rubric, path: Path) -> Iterator[Flaw]:
    areas = {area.id: area for area in rubric.every_area()}
    if test.id not in areas:
        yield _unknown("area", test.id, areas, (each.id for each in rubric.every_criterion()), path)
        return
    possible = scores_of(rubric, areas[test.id], test.on)
    if test.at_least not in possible:
        yield _out_of_range(test.at_least, f"from {possible}", (*path, "at_least"))


def _every_area(test: EveryAreaTest, rubric: Rubric, path: Path) -> Iterator[Flaw]:
    for area in rubric.every_area():
        possible = scores_of(rubric, area, test.on)
        if test.at_least not in possible:
            words = f"from {possible}, the scores of area '{area.id}'"
            yield _out_of_range(test.at_least, words, (*path, "at_least"))
            return


def _criterion(test: CriterionTest, rubric: Rubric, path: Path) -> Iterator[Flaw]:
    criteria = {criterion.id: criterion for criterion in rubric.every_criterion()}
    if test.id not in criteria:
        yield _unknown("criterion", test.id, criteria, (each.id for each in rubric.every_area()), path)
        return
    possible = ratings_of(rubric, criteria[test.id])
    if test.at_least not in possible:
        yield _out_of_range(test.at_least, f"from {possible}", (*path, "at_least"))


def _every_criterion(test: EveryCriterionTest, rubric: Rubric, path: Path) -> Iterator[Flaw]:
    yield from _among(test.among, rubric, path)
    for criterion in rubric.criteria_among(test.among):
        possible = ratings_of(rubric, criterion)
        if test.at_least not in possible:
            words = f"from {possible}, the ratings of criterion '{criterion.id}'"
            yield _out_of_range(test.at_least, words, (*path, "at_least"))
            return


def _count(test: CountTest, rubric: Rubric, path: Path) -> Iterator[Flaw]:
    yield from _among(test.among, rubric, path)
    yield from _answered(test, rubric, path)
    possible, criteria = ratings(rubric), len(rubric.criteria_among(test.among))
    for key in ("rating_at_most", "rating_at_least"):
        number = getattr(test, key)
        if number is not None and number not in possible:
            yield _out_of_range(number, f"from {possible}", (*path, key))
    for key in ("no_more_than", "at_least"):
        number = getattr(test, key)
        if number is not None and number > criteria:
            yield Flaw((*path, key), f"'{key}' is {number}, but there are only {criteria} criteria")


def _among(names: Iterable[str], rubric: Rubric, path: Path) -> Iterator[Flaw]:
    known = {*(each.id for each in rubric.every_area()), *(each.id for each in rubric.every_criterion())}
    for index, name in enumerate(names):
        if name not in known:
            message = f"unknown area or criterion '{name}'; {instead(name, known)}"
            yield Flaw((*path, "among", index), message)


def _answered(test: CountTest, rubric: Rubric, path: Path) -> Iterator[Flaw]:
    if test.word is not None and test.word not in rubric.scale.also:
        message = f"nobody can answer '{test.word}' here; add it to 'also' of the scale"
        yield Flaw((*path, "answered"), message)


def _out_of_range(number: Decimal, possible: str, path: Path) -> Flaw:
    return Flaw(path, f"'{path[-1]}' is {as_text(number)}; it must be {possible}")


def _unknown(what: str, name: str, known: Iterable[str], others: Iterable[str], path: Path) -> Flaw:
    if name in set(others):
        other = "criterion" if what == "area" else "area"
        return Flaw(
            (*path, "id"),
            f"'{name}' is a {other}, not a {what}; write '{other}:'".replace("a area", "an area"),
        )
    return Flaw((*path, "id"), f"unknown {what} '{name}'; {instead(name, known)}")


_TESTS: dict[str, Callable[[Any, Rubric, Path], Iterator[Flaw]]] = {
    "score": _score,
    "area": _area,
    "every_area": _every_area,
    "criterion": _criterion,
    "every_criterion": _every_criterion,
    "count": _count,
}
