"""A rubric with one number changed: a weight, or a threshold of an outcome's condition.

A threshold is known by its outcome and kind, and by the area or criterion where it is of one: `gold.score`,
`gold.every_area`, `gold.area.integrity`, `gold.count`. A second of the same name is `gold.count.2`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from accreditation_engine.definitions.base import Number, as_text
from accreditation_engine.definitions.conditions import Condition, kind_of
from accreditation_engine.definitions.problems import Path
from accreditation_engine.definitions.rubric import Area, Criterion, Rubric
from accreditation_engine.definitions.western import western

from .edit_problems import EditError

BOUNDS = ("at_least", "below", "no_more_than")
_NUMBER: TypeAdapter[Decimal] = TypeAdapter(Number)
Part = TypeVar("Part", Rubric, Area)


@dataclass(frozen=True)
class Threshold:
    """A bound that an outcome asks for. `path` leads to the test that holds it, `bound` is its key there."""

    name: str
    outcome: str
    kind: str
    path: Path
    test: Any
    bound: str

    @property
    def number(self) -> Decimal:
        return Decimal(getattr(self.test, self.bound))


def thresholds(rubric: Rubric) -> dict[str, Threshold]:
    """All thresholds of `rubric` by name, in the order of the file."""
    found: dict[str, Threshold] = {}
    for rank, outcome in enumerate(rubric.outcomes):
        if outcome.when is not None:
            for kind, path, test in _tests(outcome.when, ("outcomes", rank, "when")):
                named = [outcome.outcome, kind, *([test.id] if hasattr(test, "id") else [])]
                name = _free(".".join(named), found)
                bound = next(each for each in BOUNDS if getattr(test, each, None) is not None)
                found[name] = Threshold(name, outcome.outcome, kind, path, test, bound)
    return found


def _tests(condition: Condition, path: Path) -> Iterator[tuple[str, Path, Any]]:
    kind = str(kind_of(condition))
    field = "not_" if kind == "not" else kind
    inside = getattr(condition, field)
    if kind in ("all", "any"):
        for at, each in enumerate(inside):
            yield from _tests(each, (*path, field, at))
    elif kind == "not":
        yield from _tests(inside, (*path, field))
    else:
        yield kind, (*path, field), inside


def _free(name: str, taken: dict[str, Threshold]) -> str:
    if name not in taken:
        return name
    return next(f"{name}.{count}" for count in range(2, len(taken) + 3) if f"{name}.{count}" not in taken)


def the_threshold(rubric: Rubric, name: str) -> Threshold:
    """The threshold `name`; an outcome's name alone means its threshold for the score, or the only one it has.

    Raises EditError.
    """
    found = thresholds(rubric)
    of_outcome = [each for each in found.values() if each.outcome == name]
    if name in found:
        return found[name]
    if f"{name}.score" in found and f"{name}.score.2" not in found:
        return found[f"{name}.score"]
    if len(of_outcome) == 1:
        return of_outcome[0]
    if of_outcome:
        raise EditError("which_threshold", name=name, known=[each.name for each in of_outcome])
    raise EditError("no_threshold", name=name, known=found)


def with_threshold(rubric: Rubric, threshold: Threshold, number: Decimal) -> Rubric:
    """`rubric` asking for `number` there. Whether that makes sense is for `check_rubric` to say.

    Raises EditError for a count that is not whole.
    """
    if threshold.kind == "count" and number != int(number):
        raise EditError("not_whole", name=threshold.name, number=as_text(number))
    value: Decimal | int = int(number) if threshold.kind == "count" else _NUMBER.validate_python(number)
    changed: Rubric = _replaced(rubric, (*threshold.path, threshold.bound), value)
    return changed


def with_weight(rubric: Rubric, name: str, weight: Decimal) -> Rubric:
    """`rubric` with another weight for the area or criterion `name`. Raises EditError."""
    if weight < 0:
        raise EditError("negative", name=name, number=as_text(weight))
    path = path_to(rubric, name)
    changed: Rubric = _replaced(rubric, (*path, "weight"), _NUMBER.validate_python(weight))
    return changed


def path_to(rubric: Rubric, name: str) -> Path:
    """The way to the area or criterion `name`. Raises EditError when there is none."""
    found = next((path for path, node in weighed(rubric) if node.id == name), None)
    if found is None:
        raise EditError("no_part", name=name, known=[node.id for _path, node in weighed(rubric)])
    return found


def weighed(owner: Rubric | Area, path: Path = ()) -> Iterator[tuple[Path, Area | Criterion]]:
    """All areas and criteria beneath `owner`, with the ways to them."""
    field = "criteria" if isinstance(owner, Area) and owner.criteria else "areas"
    for at, part in enumerate(owner.parts):
        inner = (*path, field, at)
        yield inner, part
        if isinstance(part, Area):
            yield from weighed(part, inner)


def number_from(text: str) -> Decimal:
    """A number as people type it, in Western or Arabic-Indic digits. Raises EditError."""
    try:
        return _NUMBER.validate_python(western(text))
    except ValidationError:
        raise EditError("no_number", text=text) from None


def _replaced(node: Any, path: Path, value: Any) -> Any:
    """A copy of a definition with `value` at `path`. Nothing is checked."""
    if not path:
        return value
    step, *rest = path
    if isinstance(node, tuple):
        inner = _replaced(node[int(step)], tuple(rest), value)
        return tuple(inner if at == step else each for at, each in enumerate(node))
    return node.model_copy(update={step: _replaced(getattr(node, str(step)), tuple(rest), value)})
