"""An edition of a workflow made ready to run: compiled once a process, kept by its hash, never read from YAML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from viewflow.fsm import State as FlowState

from accreditation_engine.definitions.base import Frozen
from accreditation_engine.definitions.conditions import KINDS
from accreditation_engine.definitions.editions import Pinned, content_hash, from_canonical
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.definitions.workflow import Rule, Transition, Workflow

from .models import Edition
from .registry import Effect, Guard, Keep, effects, guards

UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


class EditionUnusable(ValueError):  # noqa: N818 - said of an edition
    """Nothing can be judged by the workflow edition with this hash; engine.unusable says why, in words."""

    def __init__(self, edition: str, why: object) -> None:
        super().__init__(f"the edition {edition} is not usable: {why}")
        self.edition = edition


@dataclass(frozen=True)
class BoundGuard:
    name: str
    guard: Guard
    parameters: Any


@dataclass(frozen=True)
class BoundEffect:
    name: str
    effect: Effect
    parameters: Any


@dataclass(frozen=True, eq=False)
class Step:
    """A transition with its guards and effects found and their parameters typed. Compiled once, so a step is
    only ever the same as itself."""

    name: str
    definition: Transition
    guards: tuple[BoundGuard, ...]
    effects: tuple[BoundEffect, ...]

    @property
    def keeps(self) -> tuple[Keep, ...]:
        """What its event keeps piece by piece: none where nothing is decided."""
        return tuple(dict.fromkeys(keep for each in self.guards for keep in each.guard.keeps))


@dataclass(frozen=True)
class Compiled:
    """A scheme as one edition has it. `flow` is its viewflow.fsm class: `flow(subject).submit(record)` checks
    the source state, sets the target and calls `record()`; when that fails the state is as it was. `pins` has the
    hash of each rubric's edition."""

    edition: str
    workflow: Workflow
    rubrics: Mapping[str, Rubric]
    steps: Mapping[str, Step]
    flow: type
    pins: Mapping[str, str] = field(default_factory=dict)

    @property
    def deciding(self) -> frozenset[str]:
        """The transitions whose events keep piece by piece what was judged."""
        return frozenset(name for name, step in self.steps.items() if step.keeps)

    @property
    def asked(self) -> dict[str, Rubric]:
        """The rubrics whose criteria people answer and rate; the others read what is given under these."""
        return {name: each for name, each in self.rubrics.items() if each.reads is None}

    @property
    def criteria_asked(self) -> int:
        """How many criteria these rubrics have."""
        return sum(len(list(rubric.every_criterion())) for rubric in self.asked.values())


@lru_cache(maxsize=256)
def compiled(edition: str) -> Compiled:
    """The scheme under the workflow edition of this hash. Two queries the first time, none after that.

    Raises Edition.DoesNotExist when no such edition is stored, and EditionUnusable when it is not what it was,
    or this release does not know what it speaks of.
    """
    stored = Edition.objects.get(pk=edition)
    try:
        return _compiled(stored)
    except UNREADABLE as error:
        raise EditionUnusable(edition, error) from error


def _compiled(stored: Edition) -> Compiled:
    pinned = _read(stored)
    assert isinstance(pinned, Pinned)  # noqa: S101 - subjects are opened under workflows only
    workflow = pinned.workflow
    pins = {name: pinned.pins[name] for name in workflow.rubrics}
    rubrics = _rubrics(pins)
    return Compiled(stored.pk, workflow, rubrics, bind(workflow, rubrics), build_flow(workflow), pins)


def _rubrics(pins: Mapping[str, str]) -> dict[str, Rubric]:
    stored = Edition.objects.in_bulk(list(pins.values())) if pins else {}
    return {name: _read(stored[pin]) for name, pin in pins.items()}


def _read(edition: Edition) -> Any:
    """Nothing is judged by rules that somebody has changed in the database."""
    content = bytes(edition.content)
    if content_hash(content) != edition.pk:
        raise ValueError(f"the edition {edition} ({edition.pk}) is not what it was when it was stored")
    return from_canonical(content)


def bind(workflow: Workflow, rubrics: Mapping[str, Rubric]) -> dict[str, Step]:
    """Every transition with what its rules stand for. Raises LookupError for a name nobody registered."""
    context = {"workflow": workflow, "rubrics": rubrics}
    return {
        name: Step(
            name=name,
            definition=definition,
            guards=tuple(
                BoundGuard(
                    rule.name, guards[rule.name], _parameters(rule, guards[rule.name].parameters, context)
                )
                for rule in definition.requires
            ),
            effects=tuple(
                BoundEffect(
                    rule.name, effects[rule.name], _parameters(rule, effects[rule.name].parameters, context)
                )
                for rule in definition.then
            ),
        )
        for name, definition in workflow.transitions.items()
    }


def _parameters(rule: Rule, model: type[Frozen], context: dict[str, Any]) -> Any:
    """A condition is its own parameter: the guard of that name gets it whole."""
    written = {rule.name: rule.parameters} if rule.name in KINDS else rule.parameters
    return model.model_validate(written, context=context)


def build_flow(workflow: Workflow) -> type:
    """The viewflow.fsm class of a workflow: one state slot on the subject, one method a transition. All else has
    names with a line in front, which no transition can bear."""
    state = FlowState(states=tuple(workflow.states), default=workflow.initial)
    state.getter()(lambda flow: flow._subject.state)
    state.setter()(lambda flow, value: setattr(flow._subject, "state", value))
    methods = {
        name: state.transition(source=set(each.from_), target=each.to, label=name, permission=None)(
            _method(name)
        )
        for name, each in workflow.transitions.items()
    }
    return type("Flow", (), {"_state": state, "__init__": _hold, **methods})


def _hold(flow: Any, subject: Any) -> None:
    flow._subject = subject


def _method(name: str) -> Callable[[Any, Callable[[], None]], None]:
    def transition(flow: Any, record: Callable[[], None]) -> None:
        record()

    transition.__name__ = name
    return transition
