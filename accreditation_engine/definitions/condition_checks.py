"""Whether a condition can be judged on a rubric, and whether it can ever hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from .base import as_text
from .claims import Logic, claimed
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
from .said import Said, say


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
        words = "this can never hold: {one} and {other}"
        yield Flaw((*path, "all"), say(words, one=one.said(), other=other.said(beside=one)))


def _score(test: ScoreTest, rubric: Rubric, path: Path) -> Iterator[Flaw]:
    possible = scores_of(rubric, rubric, test.on)
    for key in ("at_least", "below"):
        number = getattr(test, key)
        if number is not None and number not in possible:
            yield _out_of_range(number, possible.said(), (*path, key))
    if test.below is not None and test.below == possible.low:
        words = "this can never hold: no score is below {least}"
        yield Flaw((*path, "below"), say(words, least=as_text(possible.low)))


def _area(test: AreaTest, rubric: Rubric, path: Path) -> Iterator[Flaw]:
    areas = {area.id: area for area in rubric.every_area()}
    if test.id not in areas:
        yield _unknown("area", test.id, areas, (each.id for each in rubric.every_criterion()), path)
        return
    possible = scores_of(rubric, areas[test.id], test.on)
    if test.at_least not in possible:
        yield _out_of_range(test.at_least, possible.said(), (*path, "at_least"))


def _every_area(test: EveryAreaTest, rubric: Rubric, path: Path) -> Iterator[Flaw]:
    for area in rubric.every_area():
        possible = scores_of(rubric, area, test.on)
        if test.at_least not in possible:
            words = say("{range}, the scores of area '{id}'", range=possible.said(), id=area.id)
            yield _out_of_range(test.at_least, words, (*path, "at_least"))
            return


def _criterion(test: CriterionTest, rubric: Rubric, path: Path) -> Iterator[Flaw]:
    criteria = {criterion.id: criterion for criterion in rubric.every_criterion()}
    if test.id not in criteria:
        yield _unknown("criterion", test.id, criteria, (each.id for each in rubric.every_area()), path)
        return
    possible = ratings_of(rubric, criteria[test.id])
    if test.at_least not in possible:
        yield _out_of_range(test.at_least, possible.said(), (*path, "at_least"))


def _every_criterion(test: EveryCriterionTest, rubric: Rubric, path: Path) -> Iterator[Flaw]:
    yield from _among(test.among, rubric, path)
    for criterion in rubric.criteria_among(test.among):
        possible = ratings_of(rubric, criterion)
        if test.at_least not in possible:
            words = say("{range}, the ratings of criterion '{id}'", range=possible.said(), id=criterion.id)
            yield _out_of_range(test.at_least, words, (*path, "at_least"))
            return


def _count(test: CountTest, rubric: Rubric, path: Path) -> Iterator[Flaw]:
    yield from _among(test.among, rubric, path)
    yield from _answered(test, rubric, path)
    possible, criteria = ratings(rubric), len(rubric.criteria_among(test.among))
    for key in ("rating_at_most", "rating_at_least"):
        number = getattr(test, key)
        if number is not None and number not in possible:
            yield _out_of_range(number, possible.said(), (*path, key))
    for key in ("no_more_than", "at_least"):
        number = getattr(test, key)
        if number is not None and number > criteria:
            words = "'{key}' is {number}, but there are only {count} criteria"
            yield Flaw((*path, key), say(words, key=key, number=number, count=criteria))


def _among(names: Iterable[str], rubric: Rubric, path: Path) -> Iterator[Flaw]:
    known = {*(each.id for each in rubric.every_area()), *(each.id for each in rubric.every_criterion())}
    for index, name in enumerate(names):
        if name not in known:
            words = "unknown area or criterion '{name}'; {instead}"
            yield Flaw((*path, "among", index), say(words, name=name, instead=instead(name, known)))


def _answered(test: CountTest, rubric: Rubric, path: Path) -> Iterator[Flaw]:
    if test.word is not None and test.word not in rubric.scale.also:
        words = "nobody can answer '{word}' here; add it to 'also' of the scale"
        yield Flaw((*path, "answered"), say(words, word=test.word))


def _out_of_range(number: Decimal, possible: Said, path: Path) -> Flaw:
    words = "'{key}' is {number}; it must be {range}"
    return Flaw(path, say(words, key=path[-1], number=as_text(number), range=possible))


def _unknown(what: str, name: str, known: Iterable[str], others: Iterable[str], path: Path) -> Flaw:
    area = what == "area"
    if name in set(others):
        words = (
            "'{name}' is a criterion, not an area; write 'criterion:'"
            if area
            else "'{name}' is an area, not a criterion; write 'area:'"
        )
        return Flaw((*path, "id"), say(words, name=name))
    words = "unknown area '{name}'; {instead}" if area else "unknown criterion '{name}'; {instead}"
    return Flaw((*path, "id"), say(words, name=name, instead=instead(name, known)))


_TESTS: dict[str, Callable[[Any, Rubric, Path], Iterator[Flaw]]] = {
    "score": _score,
    "area": _area,
    "every_area": _every_area,
    "criterion": _criterion,
    "every_criterion": _every_criterion,
    "count": _count,
}
