"""Whether the names in a workflow mean something: states, transitions, roles, rubrics, guards and effects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from . import conditions
from .anonymity import check_anonymity
from .condition_checks import check_condition
from .explaining import flaws_of
from .problems import Flaw, Path, instead
from .public_status_checks import check_public_status
from .readings import check_readings
from .reconciling import check_reconciled
from .reviewing_checks import check_reviewing
from .rubric import Rubric
from .said import Said, say
from .time_checks import check_times
from .vocabulary import Parameters, SubjectWords, Vocabulary
from .workflow import Deadline, Rule, State, Transition, Workflow
from .yaml_tree import Node

SYSTEM = "system"
"""The role in which the engine itself takes deadlines. Nobody holds it, and no vocabulary has to name it."""


@dataclass(frozen=True)
class Surroundings:
    """What a workflow is checked against. Rubrics whose own files have errors stand in `broken`, as
    {rubric id: what to say of it}; where that is empty, it is being said elsewhere."""

    vocabulary: Vocabulary
    rubrics: Mapping[str, Rubric] = field(default_factory=dict)
    broken: Mapping[str, str] = field(default_factory=dict)


def check_names(workflow: Workflow, root: Node, around: Surroundings) -> Iterator[Flaw]:
    """Every name in `workflow`, read from `root`, that stands for nothing, and parameters that do not fit."""
    yield from _named(workflow.initial, workflow.states, say("state"), ("initial",))
    yield from _subject(workflow, around)
    yield from _rubrics(workflow, around)
    yield from check_reviewing(workflow, around.vocabulary)
    yield from check_times(workflow, around.vocabulary)
    yield from check_anonymity(workflow, around.vocabulary)
    yield from check_public_status(workflow, around.vocabulary)
    for name, state in workflow.states.items():
        yield from _state(state, workflow, around, ("states", name))
    for name, transition in workflow.transitions.items():
        yield from _transition(transition, workflow, around, ("transitions", name))
        yield from _rules(transition, workflow, _Rules(root, around, workflow), ("transitions", name))


def _named(name: str, known: Iterable[str], what: Said, path: Path) -> Iterator[Flaw]:
    if name not in set(known):
        words = "unknown {what} '{name}'; {instead}"
        yield Flaw(path, say(words, what=what, name=name, instead=instead(name, known)))


def _each(names: Iterable[str], known: Iterable[str], what: Said, path: Path) -> Iterator[Flaw]:
    """As `_named`, for the items of a list, which also must not repeat each other."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        yield from _named(name, known, what, (*path, index))
        if name in seen:
            words = "'{name}' stands twice in '{list}'; remove one"
            yield Flaw((*path, index), say(words, name=name, list=path[-1]))
        seen.add(name)


def _subject(workflow: Workflow, around: Surroundings) -> Iterator[Flaw]:
    yield from _named(workflow.subject, around.vocabulary.subjects, say("subject"), ("subject",))


def _rubrics(workflow: Workflow, around: Surroundings) -> Iterator[Flaw]:
    yield from _each(workflow.rubrics, {*around.rubrics, *around.broken}, say("rubric"), ("rubrics",))
    for index, rubric in enumerate(workflow.rubrics):
        if rubric not in around.rubrics and around.broken.get(rubric):
            yield Flaw(("rubrics", index), around.broken[rubric])
    yield from check_readings(workflow, around.rubrics)
    yield from check_reconciled(workflow, around.rubrics, around.vocabulary)


def _words(workflow: Workflow, around: Surroundings) -> SubjectWords | None:
    return around.vocabulary.subjects.get(workflow.subject)


def _roles(around: Surroundings) -> frozenset[str]:
    return around.vocabulary.roles | {SYSTEM}


def _state(state: State, workflow: Workflow, around: Surroundings, path: Path) -> Iterator[Flaw]:
    if state.waits_for is not None:
        yield from _named(state.waits_for, _roles(around), say("role"), (*path, "waits_for"))
    if state.deadline is not None:
        yield from _deadline(state.deadline, workflow, around, (*path, "deadline"))
    words = _words(workflow, around)
    for role, shown in state.shows.items():
        yield from _named(role, around.vocabulary.roles, say("role"), (*path, "shows", role))
        if words is not None:
            yield from _each(shown, words.shows, say("word"), (*path, "shows", role))


def _deadline(deadline: Deadline, workflow: Workflow, around: Surroundings, path: Path) -> Iterator[Flaw]:
    yield from _named(deadline.then, workflow.transitions, say("transition"), (*path, "then"))
    words = _words(workflow, around)
    if deadline.on is not None and words is not None:
        yield from _named(deadline.on, words.dates, say("date"), (*path, "on"))
    if deadline.not_before is not None and words is not None:
        yield from _named(deadline.not_before, words.dates, say("date"), (*path, "not_before"))


def _transition(
    transition: Transition, workflow: Workflow, around: Surroundings, path: Path
) -> Iterator[Flaw]:
    yield from _each(transition.from_, workflow.states, say("state"), (*path, "from"))
    yield from _named(transition.to, workflow.states, say("state"), (*path, "to"))
    yield from _each(transition.by, _roles(around), say("role"), (*path, "by"))
    for role in transition.told:
        yield from _named(role, around.vocabulary.roles, say("role"), (*path, "told", role))
        if role in around.vocabulary.roles - transition.notified:
            words = (
                "the step tells '{role}' nothing; add 'notify: {role}' to 'then', or leave this sentence out"
            )
            yield Flaw((*path, "told", role), say(words, role=role))


def _rules(transition: Transition, workflow: Workflow, rules: _Rules, path: Path) -> Iterator[Flaw]:
    for index, rule in enumerate(transition.requires):
        yield from rules.guard(rule, (*path, "requires", index))
    for index, rule in enumerate(transition.then):
        yield from rules.effect(rule, (*path, "then", index))


@dataclass(frozen=True)
class _Rules:
    """Checks guards and effects as they are written in the file under `root`."""

    root: Node
    around: Surroundings
    workflow: Workflow

    def guard(self, rule: Rule, path: Path) -> Iterator[Flaw]:
        """A guard that is registered, or a condition on the score sheet of the workflow's first rubric."""
        guards = self.around.vocabulary.guards
        if rule.name in guards:
            yield from self.parameters(rule, guards[rule.name], path)
        elif rule.name in conditions.KINDS:
            yield from self.condition(rule, path)
        else:
            yield from _named(rule.name, {*guards, *conditions.KINDS}, say("guard"), path)

    def effect(self, rule: Rule, path: Path) -> Iterator[Flaw]:
        effects = self.around.vocabulary.effects
        if rule.name in effects:
            yield from self.parameters(rule, effects[rule.name], path)
        else:
            yield from _named(rule.name, effects, say("effect"), path)

    def parameters(self, rule: Rule, model: type[Parameters], path: Path) -> Iterator[Flaw]:
        context = {"workflow": self.workflow, "rubrics": self.around.rubrics}
        try:
            model.model_validate(rule.parameters, context=context, by_name=False)
        except ValidationError as error:
            inside = (*path, rule.name)
            yield from flaws_of(error, model, self.root.node_at(inside), inside)

    def condition(self, rule: Rule, path: Path) -> Iterator[Flaw]:
        try:
            condition = conditions.read_condition(rule.name, rule.parameters)
        except ValidationError as error:
            yield from flaws_of(error, conditions.KINDS[rule.name], self.root.node_at(path), path)
            return
        if not self.workflow.rubrics:
            words = "'{name}' asks for a score, but 'rubrics:' lists no rubric; add one"
            yield Flaw(path, say(words, name=rule.name))
        elif rubric := self.around.rubrics.get(self.workflow.rubrics[0]):
            yield from check_condition(condition, rubric, path)
