"""Ratings read from what people typed, sent or filed, against the rubric they answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import Any, TypeAlias

from accreditation_engine.definitions.rubric import Criterion, Rubric, Word

from .problems import WORDS, RatingProblem, RatingProblems
from .rounding import plain

Rating: TypeAlias = Decimal | Fraction | Word
"""One answer: a number on the scale (a Fraction where several people's were averaged), or a word."""
Ratings: TypeAlias = Mapping[str, Rating]
"""Answers by criterion id. A criterion that is not there has not been answered."""

_NUMBER = re.compile(r"[+-]?[0-9٠-٩۰-۹]{1,20}(?:[.٫][0-9٠-٩۰-۹]{1,20})?")
_COMMA = re.compile(r"[+-]?[0-9٠-٩۰-۹]+[,،][0-9٠-٩۰-۹]+")
_SUGGESTIONS = 10  # looking for near names is slow; a file for another rubric has hundreds of strange ones


def parse_ratings(rubric: Rubric, raw: Mapping[str, Any]) -> dict[str, Rating]:
    """The ratings in `raw`, {criterion id: number, text or word}; blank and None mean not answered yet.

    Text may hold Western or Arabic-Indic digits. Raises RatingProblems with everything that is wrong:
    unknown criteria, words the scale does not allow, and numbers that are none, off the scale or its step.
    """
    criteria = {each.id: each for each in rubric.every_criterion()}
    ratings: dict[str, Rating] = {}
    problems = _unknown(rubric, criteria, [name for name in raw if name not in criteria])
    for name, answer in raw.items():
        if name not in criteria or _is_blank(answer):
            continue
        result = _read(rubric, criteria[name], answer)
        if isinstance(result, RatingProblem):
            problems.append(result)
        else:
            ratings[name] = result
    if problems:
        raise RatingProblems(problems)
    return ratings


def _is_blank(answer: Any) -> bool:
    return answer is None or (isinstance(answer, str) and not answer.strip())


def _unknown(rubric: Rubric, criteria: Mapping[str, Criterion], names: list[Any]) -> list[RatingProblem]:
    return [_stranger(rubric, criteria, str(name), index < _SUGGESTIONS) for index, name in enumerate(names)]


def _stranger(rubric: Rubric, criteria: Mapping[str, Criterion], name: str, suggest: bool) -> RatingProblem:
    parameters = {"rubric": rubric.id, "edition": rubric.edition}
    near = get_close_matches(name[:80], criteria, n=1) if suggest else []
    if near:
        return RatingProblem("unknown_criterion_near", shown(name), {**parameters, "nearest": near[0]})
    return RatingProblem("unknown_criterion", shown(name), parameters)


def _read(rubric: Rubric, criterion: Criterion, answer: Any) -> Rating | RatingProblem:
    text = answer.strip() if isinstance(answer, str) else answer
    if isinstance(text, str) and text in WORDS:
        return _word(rubric, criterion, text)
    number = as_number(text)
    if number is None:
        comma = isinstance(text, str) and _COMMA.fullmatch(text)
        return problem("comma" if comma else "not_a_number", rubric, criterion, shown(answer))
    return check_scale(rubric, criterion, number) or _check_step(rubric, criterion, number) or number


def _word(rubric: Rubric, criterion: Criterion, text: Any) -> Rating | RatingProblem:
    word: Word = text
    return word if word in rubric.scale.also else problem("word_not_allowed", rubric, criterion, word)


def as_number(value: Any) -> Decimal | None:
    """`value` as an exact number; None when it is none (bool, NaN, Infinity, "3,5") or absurdly long."""
    if isinstance(value, str):
        return Decimal(value.replace("٫", ".")) if _NUMBER.fullmatch(value) else None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return _sane(Decimal(repr(value)) if isinstance(value, float) else Decimal(value))


def _sane(number: Decimal) -> Decimal | None:
    if not number.is_finite() or len(number.as_tuple().digits) > 40 or abs(number.adjusted()) > 40:
        return None
    return number


def check_scale(rubric: Rubric, criterion: Criterion, number: Decimal | Fraction) -> RatingProblem | None:
    """The problem with a number that is below the scale or above what `criterion` allows; None if it fits."""
    if rubric.scale.minimum <= number <= rubric.ceiling(criterion):
        return None
    shown = plain(number) if isinstance(number, Decimal) else str(number)
    return problem("off_scale", rubric, criterion, shown)


def _check_step(rubric: Rubric, criterion: Criterion, number: Decimal) -> RatingProblem | None:
    scale = rubric.scale
    steps, rest = divmod(Fraction(number) - Fraction(scale.minimum), Fraction(scale.step))
    if not rest:
        return None
    below = scale.minimum + steps * scale.step
    values = {"given": plain(number), "step": plain(scale.step), "below": plain(below)}
    above = below + scale.step
    if above > rubric.ceiling(criterion):
        return RatingProblem("off_step_top", criterion.id, values)
    return RatingProblem("off_step", criterion.id, {**values, "above": plain(above)})


def problem(code: str, rubric: Rubric, criterion: Criterion, given: str) -> RatingProblem:
    """A problem that says which answers `criterion` takes."""
    limits = {"minimum": plain(rubric.scale.minimum), "maximum": plain(rubric.ceiling(criterion))}
    return RatingProblem(code, criterion.id, {"given": given, **limits}, rubric.scale.also)


def shown(value: Any) -> str:
    """What was given, short and on one line, however strange it is."""
    if not isinstance(value, str | float | Decimal | bool):
        value = Decimal(value) if isinstance(value, int) else type(value).__name__
    text = " ".join("".join(each if each.isprintable() else " " for each in str(value)).split())
    return text if len(text) <= 40 else f"{text[:39]}…"
