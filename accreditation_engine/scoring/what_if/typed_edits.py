"""Edits as people type them: NAME=NUMBER, each number once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from accreditation_engine.definitions.rubric import Rubric

from .edit_problems import EditError
from .edits import number_from, path_to, the_threshold, with_threshold, with_weight


def edited(rubric: Rubric, weights: Iterable[str], thresholds: Iterable[str]) -> Rubric:
    """`rubric` with other weights ("integrity=15") and thresholds ("gold=80", "gold.every_area=75").

    Whether that makes sense is for `check_rubric` to say. Raises EditError, also for a number given twice.
    """
    written = rubric
    for name, number in _once(weights, lambda name: _known(written, name)):
        rubric = with_weight(rubric, name, number)
    for name, number in _once(thresholds, lambda name: the_threshold(written, name).name):
        rubric = with_threshold(rubric, the_threshold(rubric, name), number)
    return rubric


def _known(rubric: Rubric, name: str) -> str:
    path_to(rubric, name)
    return name


def _once(typed: Iterable[str], known_as: Callable[[str], str]) -> Iterator[tuple[str, Decimal]]:
    before: dict[str, str] = {}
    for text in typed:
        said, equals, number = (each.strip() for each in text.partition("="))
        if not equals or not said:
            raise EditError("no_edit", text=text)
        name = known_as(said)
        if name in before:
            raise EditError("twice", name=name, first=before[name], second=text)
        before[name] = text
        yield name, number_from(number)
