"""What a rubric must mean beside having the right shape. Each check yields flaws; none stops another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from .base import as_text
from .condition_checks import check_condition
from .measures import Range, ratings
from .outcome_checks import dead_outcomes
from .outcome_order import outcomes_out_of_order
from .problems import Flaw, Path
from .readings import check_reading
from .rubric import Area, Criterion, Rubric, Severity
from .said import Said, say

SEVERITIES = get_args(Severity)
MEANS = ("weighted_mean", "mean_unless_zero")


def check_rubric(rubric: Rubric) -> Iterator[Flaw]:
    """Everything that is wrong with `rubric`. On a broken scale nothing is measured; that comes later."""
    broken = list(broken_scale(rubric))
    yield from broken
    yield from _ids(rubric)
    yield from _outcomes(rubric)
    for path, node in nodes(rubric):
        yield from _inside(node, path)
        yield from _weights(node, path)
        yield from _met_at(rubric, node, path, measured=not broken)
    if not broken:
        flaws = list(_numbers(rubric))
        yield from flaws or _order(rubric)


def _order(rubric: Rubric) -> Iterator[Flaw]:
    """Of an outcome that is never reached nothing more is said."""
    dead = list(dead_outcomes(rubric))
    yield from dead
    said = {each.path for each in dead}
    yield from (each for each in outcomes_out_of_order(rubric) if each.path not in said)


def outcomes_are_compared(rubric: Rubric) -> bool:
    """Whether `check_rubric` came to say which outcomes are dead or out of order: on a broken scale, and
    while a condition asks for what cannot be, it does not."""
    return not any(broken_scale(rubric)) and not any(_numbers(rubric))


def nodes(rubric: Rubric) -> Iterator[tuple[Path, Rubric | Area]]:
    """The rubric itself and all its areas, each with the path to it, a parent before its children."""
    yield (), rubric
    yield from _areas(rubric.areas, ("areas",))


def _areas(areas: Iterable[Area], path: Path) -> Iterator[tuple[Path, Area]]:
    for index, area in enumerate(areas):
        yield (*path, index), area
        yield from _areas(area.areas, (*path, index, "areas"))


def _criteria(rubric: Rubric) -> Iterator[tuple[Path, Criterion]]:
    for path, node in nodes(rubric):
        if isinstance(node, Area):
            yield from (((*path, "criteria", index), each) for index, each in enumerate(node.criteria))


def broken_scale(rubric: Rubric) -> Iterator[Flaw]:
    """Why ratings cannot be measured on the rubric's scale."""
    scale = rubric.scale
    if scale.minimum >= scale.maximum:
        words = "'maximum' must be above the minimum, {minimum}"
        yield Flaw(("scale", "maximum"), say(words, minimum=as_text(scale.minimum)))
    elif (scale.maximum - scale.minimum) % scale.step:
        reach = Range(scale.minimum, scale.maximum).said()
        words = "steps of {step} do not lead {reach}"
        yield Flaw(("scale", "step"), say(words, step=as_text(scale.step), reach=reach))


def _twice(named: Iterable[tuple[Path, str]], what: Said) -> Iterator[Flaw]:
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            words = "the {what} '{name}' stands here a second time; give each a name of its own"
            yield Flaw(path, say(words, what=what, name=name))
        seen.add(name)


def _ids(rubric: Rubric) -> Iterator[Flaw]:
    """Areas and criteria share their names: a score sheet speaks of both."""
    areas = [((*path, "id"), node.id) for path, node in nodes(rubric) if isinstance(node, Area)]
    criteria = [((*path, "id"), criterion.id) for path, criterion in _criteria(rubric)]
    yield from _twice([*areas, *criteria], say("id"))
    words = ((("scale", "also", index), word) for index, word in enumerate(rubric.scale.also))
    yield from _twice(words, say("word"))
    named = ((("outcomes", index, "outcome"), each.outcome) for index, each in enumerate(rubric.outcomes))
    yield from _twice(named, say("outcome"))


def _inside(node: Rubric | Area, path: Path) -> Iterator[Flaw]:
    if not isinstance(node, Area):
        return
    if node.criteria and node.areas:
        words = "area '{id}' holds criteria and areas; put the criteria in an area"
        yield Flaw((*path, "areas"), say(words, id=node.id))
    elif not node.parts:
        yield Flaw(
            path, say("area '{id}' is empty; give it 'criteria:' or 'areas:', or remove it", id=node.id)
        )


def _weights(node: Rubric | Area, path: Path) -> Iterator[Flaw]:
    if node.combine in MEANS and node.parts and not any(part.weight for part in node.parts):
        inner = "criteria" if isinstance(node, Area) and node.criteria else "areas"
        words = (
            "all criteria here weigh 0, so there is no mean; give one a weight above 0"
            if inner == "criteria"
            else "all areas here weigh 0, so there is no mean; give one a weight above 0"
        )
        yield Flaw((*path, inner), say(words))


def _met_at(rubric: Rubric, node: Rubric | Area, path: Path, *, measured: bool) -> Iterator[Flaw]:
    if node.combine == "share_met" and node.met_at is None:
        words = "'share_met' counts what is met; add 'met_at: ...', the lowest rating that is"
        yield Flaw((*path, "combine"), say(words))
    elif node.combine != "share_met" and node.met_at is not None:
        words = "'met_at' goes with 'combine: share_met', not with {combine}; remove it"
        yield Flaw((*path, "met_at"), say(words, combine=node.combine))
    elif node.met_at is not None and measured and node.met_at not in ratings(rubric):
        yield _off((*path, "met_at"), ratings(rubric))


def _numbers(rubric: Rubric) -> Iterator[Flaw]:
    """Numbers that must lie on the scale, or within what the ratings can come to."""
    yield from _maxima(rubric)
    yield from check_reading(rubric)
    yield from _reconcile_above(rubric)
    for anchor in rubric.scale.anchors:
        if anchor not in ratings(rubric):
            words = "anchor {anchor} is not on the scale"
            yield Flaw(("scale", "anchors", anchor), say(words, anchor=as_text(anchor)))
    for index, finding in enumerate(rubric.findings):
        if finding.rating_at_most not in ratings(rubric):
            yield _off(("findings", index, "rating_at_most"), ratings(rubric))
    yield from _unheard(rubric)
    for index, outcome in enumerate(rubric.outcomes):
        if outcome.when is not None:
            yield from check_condition(outcome.when, rubric, ("outcomes", index, "when"))


def _unheard(rubric: Rubric) -> Iterator[Flaw]:
    """Of the rules that apply to a rating the severest counts; one that never is the severest raises nothing."""
    for index, rule in enumerate(rubric.findings):
        for at, other in enumerate(rubric.findings):
            graver = SEVERITIES.index(other.severity) - SEVERITIES.index(rule.severity)
            if (graver, at) < (0, index) and other.rating_at_most >= rule.rating_at_most:
                words = (
                    "this rule never raises a finding: '{severity}' up to {rating} leaves it nothing; change one"
                    " of them"
                )
                values = {"severity": other.severity, "rating": as_text(other.rating_at_most)}
                yield Flaw(("findings", index), say(words, **values))
                break


def _reconcile_above(rubric: Rubric) -> Iterator[Flaw]:
    span = rubric.scale.maximum - rubric.scale.minimum
    if rubric.reconcile_above is not None and rubric.reconcile_above >= span:
        words = "no two ratings differ by more than {span}, so nothing is ever reconciled; write less"
        yield Flaw(("reconcile_above",), say(words, span=as_text(span)))


def _maxima(rubric: Rubric) -> Iterator[Flaw]:
    low, step = rubric.scale.minimum, rubric.scale.step
    for path, criterion in _criteria(rubric):
        if criterion.maximum is not None and (criterion.maximum <= low or (criterion.maximum - low) % step):
            words = "'maximum' of '{id}' must be above {low} in steps of {step}"
            said = say(words, id=criterion.id, low=as_text(low), step=as_text(step))
            yield Flaw((*path, "maximum"), said)
    for path, node in nodes(rubric):
        if isinstance(node, Area) and node.maximum is not None and node.maximum <= low:
            words = "'maximum' of '{id}' must be above {low}"
            yield Flaw((*path, "maximum"), say(words, id=node.id, low=as_text(low)))


def _off(path: Path, possible: Range) -> Flaw:
    return Flaw(path, say("'{key}' must be {range}", key=path[-1], range=possible.said()))


def _outcomes(rubric: Rubric) -> Iterator[Flaw]:
    """The first outcome that holds is taken, so the last must hold always, and no other may."""
    *earlier, last = rubric.outcomes
    for index, outcome in enumerate(earlier):
        if outcome.when is None:
            dead = rubric.outcomes[index + 1].outcome
            words = "without 'when' this outcome always holds, so '{dead}' is never reached; add 'when:'"
            yield Flaw(("outcomes", index), say(words, dead=dead))
    if last.when is not None:
        path = ("outcomes", len(earlier), "when")
        words = "the last outcome is what is left; remove its 'when:', or add an outcome without one"
        yield Flaw(path, say(words))
