"""What differs between two editions of a scheme: which states, steps, areas, criteria and outcomes are new, gone
or changed, and what of each. Pure: no words, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from .base import Bilingual
from .rubric import Area, Criterion, Outcome, Rubric
from .workflow import Rule, Workflow

Part = Literal["scheme", "state", "step", "rubric", "area", "criterion", "outcome"]
What = Literal["new", "gone", "changed"]
Rubrics = Mapping[str, Rubric]
ORDER = "order"
BY_ROLE = ("shows", "told")


@dataclass(frozen=True)
class Detail:
    """One thing that differs: `aspect` is the key under which definitions write it ("in" for the area in which
    something stands, "order" for a list of ids), `of` narrows it (the role of a `shows`). Of lists of rules only
    those that differ are here."""

    aspect: str
    before: Any
    after: Any
    of: str = ""


@dataclass(frozen=True)
class Change:
    """`id` within its `part` and `rubric` ("" for what is no part of one)."""

    part: Part
    id: str
    what: What
    title: Bilingual
    rubric: str = ""
    details: tuple[Detail, ...] = ()


def compare(old: Workflow, old_rubrics: Rubrics, new: Workflow, new_rubrics: Rubrics) -> list[Change]:
    """All that differs, in the order of the new edition, what is gone behind it."""
    found = [
        *_changed("scheme", old.id, old, new, without=("edition", "states", "transitions")),
        *_each("state", old.states, new.states),
        *_each("step", old.transitions, new.transitions),
    ]
    for name, (before, after) in _paired(old_rubrics, new_rubrics):
        found += _of_rubric(name, before, after)
    return found


def _of_rubric(name: str, before: Rubric | None, after: Rubric | None) -> Iterator[Change]:
    if before is None or after is None:
        one = after or before
        assert one is not None  # noqa: S101 - it is on one side at least
        yield Change("rubric", name, "new" if before is None else "gone", one.title, name)
        return
    yield from _changed("rubric", name, before, after, rubric=name, without=("edition", "areas", "outcomes"))
    areas, criteria = (
        [_areas(each) for each in (before, after)],
        [_criteria(each) for each in (before, after)],
    )
    yield from _each("area", *areas, rubric=name)
    yield from _each("criterion", *criteria, rubric=name)
    outcomes = [{one.outcome: _Placed(one, "") for one in each.outcomes} for each in (before, after)]
    yield from _each("outcome", *outcomes, rubric=name)


@dataclass(frozen=True)
class _Placed:
    """A part of a rubric and the area it stands in, "" for none."""

    part: Area | Criterion | Outcome
    inside: str

    @property
    def title(self) -> Bilingual:
        return self.part.title


def _areas(rubric: Rubric) -> dict[str, _Placed]:
    return {each.id: _Placed(each, inside) for each, inside in _placed_areas(rubric.areas, "")}


def _placed_areas(areas: Iterable[Area], inside: str) -> Iterator[tuple[Area, str]]:
    for each in areas:
        yield each, inside
        yield from _placed_areas(each.areas, each.id)


def _criteria(rubric: Rubric) -> dict[str, _Placed]:
    return {each.id: _Placed(each, area.id) for area in rubric.every_area() for each in area.criteria}


def _each(
    part: Part, old: Mapping[str, Any], new: Mapping[str, Any], *, rubric: str = ""
) -> Iterator[Change]:
    for name, (before, after) in _paired(old, new):
        if before is None or after is None:
            what: What = "new" if before is None else "gone"
            yield Change(part, name, what, (after or before).title, rubric)
        else:
            yield from _changed(part, name, before, after, rubric=rubric)
    orders = [[name for name in one if name in other] for one, other in ((old, new), (new, old))]
    if part == "outcome" and orders[0] != orders[1]:
        first = new[orders[1][0]]
        detail = Detail(ORDER, tuple(orders[0]), tuple(orders[1]))
        yield Change(part, ORDER, "changed", first.title, rubric, (detail,))


def _paired(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Any, Any]]]:
    for name in [*new, *(name for name in old if name not in new)]:
        yield name, (old.get(name), new.get(name))


def _changed(
    part: Part, name: str, before: Any, after: Any, *, rubric: str = "", without: Sequence[str] = ()
) -> Iterator[Change]:
    details = tuple(_details(before, after, without))
    if details:
        yield Change(part, name, "changed", after.title, rubric, details)


def _details(before: Any, after: Any, without: Sequence[str]) -> Iterator[Detail]:
    if isinstance(before, _Placed):
        if before.inside != after.inside:
            yield Detail("in", before.inside, after.inside)
        yield from _details(before.part, after.part, ("criteria", "areas"))
        return
    for aspect in type(before).model_fields:
        if aspect not in without:
            yield from _of_aspect(aspect, getattr(before, aspect), getattr(after, aspect))


def _of_aspect(aspect: str, before: Any, after: Any) -> Iterator[Detail]:
    if before == after:
        return
    if aspect in BY_ROLE:
        for role in dict.fromkeys([*before, *after]):
            if before.get(role, ()) != after.get(role, ()):
                yield Detail(aspect, before.get(role, ()), after.get(role, ()), role)
    elif _is_a_list_of_rules(before) and _is_a_list_of_rules(after):
        gone = tuple(each for each in before if each not in after)
        came = tuple(each for each in after if each not in before)
        if gone or came:
            yield Detail(aspect, gone, came)
        else:
            yield Detail(ORDER, before, after, aspect)
    else:
        yield Detail(aspect.rstrip("_"), before, after)


def _is_a_list_of_rules(value: Any) -> bool:
    """Guards, effects, reminders, findings: parts of which each stands for itself."""
    return isinstance(value, tuple) and all(isinstance(each, (Rule, BaseModel)) for each in value)
