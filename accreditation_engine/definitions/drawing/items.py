"""What is in the picture: boxes for states, labels for transitions, and the lines between them.

A transition has a place of its own between its source and its target, so that its title never lies on
anything. A transition that leaves many states would tangle the picture; it gets a letter instead, which stands
at each of these states and at its label.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..duration_words import in_words
from ..workflow import State, Transition, Workflow
from ..workflow_checks import SYSTEM
from .text import width, wrapped

MANY = 3
STATE_SIZE, LABEL_SIZE, SMALL = 13.0, 12.0, 11.0
STATE_ROOM, LABEL_ROOM = 130.0, 120.0
BADGE = 16.0


@dataclass
class Item:
    """A box or a label. `row` counts from the top: states stand in even rows, labels in odd ones."""

    name: str
    row: int
    lines: list[str]
    size: float
    role: str | None
    small: list[str] = field(default_factory=list)
    badges: list[str] = field(default_factory=list)
    is_state: bool = False
    timed: bool = False
    rim: int = 0

    @property
    def width(self) -> float:
        widest = max(width(line, self.size) for line in self.lines) * (1.06 if self.is_state else 1.0)
        smaller = max((width(line, SMALL) for line in self.small), default=0.0)
        badge = BADGE + 4 if self.badges and not self.is_state else 0
        icon = 16 if self.is_state and self.small else 0
        return max(widest + badge, smaller + icon, 60 if self.is_state else 30) + (
            26 if self.is_state else 16
        )

    @property
    def height(self) -> float:
        lines = len(self.lines) * self.size * 1.3 + len(self.small) * SMALL * 1.35
        return lines + (18 if self.is_state else 8)


@dataclass
class Line:
    """A line from one item to another, by their positions in the list of items."""

    source: int
    target: int
    timed: bool


@dataclass
class Contents:
    items: list[Item]
    lines: list[Line]


@dataclass(frozen=True)
class Group:
    """The sources of a transition that share a label: all those with the same time limit, or with none."""

    name: str
    transition: Transition
    sources: tuple[str, ...]
    limit: str | None


def contents(workflow: Workflow, rows: dict[str, int], language: str) -> Contents:
    """What to draw, given the row of each state (0, 1, 2 ... from the top)."""
    items = [
        _state(name, state, workflow, 2 * rows[name], language) for name, state in workflow.states.items()
    ]
    found = Contents(items, [])
    letters = iter("ABCDEFGHJKLMNPQRSTUVWXYZ")
    for group in groups(workflow, language):
        _add(found, group, rows, language, next(letters, "*") if len(group.sources) > MANY else None)
    return found


def groups(workflow: Workflow, language: str) -> Iterator[Group]:
    """All transitions that lead from one state of the workflow to another."""
    for name, transition in workflow.transitions.items():
        by_limit: dict[str | None, list[str]] = {}
        for source in dict.fromkeys(transition.from_):
            if {source, transition.to} <= workflow.states.keys() and source != transition.to:
                by_limit.setdefault(_limit(workflow.states[source], name, language), []).append(source)
        for limit, sources in by_limit.items():
            yield Group(name, transition, tuple(sources), limit)


def _add(found: Contents, group: Group, rows: dict[str, int], language: str, letter: str | None) -> None:
    label = len(found.items)
    position = {item.name: index for index, item in enumerate(found.items) if item.is_state}
    title = wrapped(group.transition.title.in_language(language), LABEL_SIZE, LABEL_ROOM)
    row = _row([] if letter else [rows[each] for each in group.sources], rows[group.transition.to])
    small = [group.limit] if group.limit else []
    item = Item(group.name, row, title, LABEL_SIZE, group.transition.by[0], small)
    item.timed = set(group.transition.by) == {SYSTEM} or bool(group.limit)
    item.badges = [letter] if letter else []
    found.items.append(item)
    for source in group.sources:
        if letter:
            found.items[position[source]].badges.append(letter)
        else:
            found.lines.append(Line(position[source], label, item.timed))
    found.lines.append(Line(label, position[group.transition.to], item.timed))


def _row(sources: list[int], target: int) -> int:
    """A row for a label: below its lowest source that is above the target, else above its sources."""
    above = [each for each in sources if each < target]
    if above:
        return 2 * max(above) + 1
    return max(2 * min(sources) - 1, 1) if sources else max(2 * target - 1, 1)


def _state(name: str, state: State, workflow: Workflow, row: int, language: str) -> Item:
    lines = wrapped(state.title.in_language(language), STATE_SIZE, STATE_ROOM)
    loops = [each.title.in_language(language) for each in workflow.leaving(name).values() if each.to == name]
    rim = 3 if state.final else 0
    return Item(name, row, lines, STATE_SIZE, state.waits_for, loops, is_state=True, rim=rim)


def _limit(state: State, transition: str, language: str) -> str | None:
    """The time limit of `state`, when it is `transition` that ends it."""
    deadline = state.deadline
    if deadline is None or deadline.then != transition:
        return None
    if deadline.after is None:
        return str(deadline.on).replace("_", " ").replace("-", " ")
    return in_words(deadline.after, language)
