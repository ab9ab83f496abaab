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
from .road import Road
from .text import width, wrapped

MANY = 3
STATE_SIZE, LABEL_SIZE, SMALL = 13.0, 12.0, 11.0
STATE_ROOM, LABEL_ROOM = 130.0, 120.0
BADGE = 16.0
LETTERS = {"en": "ABCDEFGHJKLMNPQRSTUVWXYZ", "ar": "سصعلمنقطكفبجدروزحتثخذضظغي"}
"""The signs of transitions that leave many states. Arabic begins where its algebra does: an alef in a circle is
read as the sign for information."""


@dataclass
class Item:
    """A box or a label. `row` counts from the top: states stand in even rows, labels in odd ones. `notes` tell of
    a road: numbers of a step that was taken, stays in a state. `aside`: a step that lies off it."""

    name: str
    row: int
    lines: list[str]
    size: float
    role: str | None
    small: list[str] = field(default_factory=list)
    badges: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_state: bool = False
    timed: bool = False
    aside: bool = False
    rim: int = 0

    @property
    def width(self) -> float:
        widest = max(width(line, self.size) for line in self.lines) * (1.06 if self.is_state else 1.0)
        smaller = max((width(line, SMALL) * 1.06 for line in (*self.small, *self.notes)), default=0.0)
        badge = BADGE + 4 if self.badges and not self.is_state else 0
        icon = 16 if self.is_state and self.small else 0
        return max(widest + badge, smaller + icon, 60 if self.is_state else 30) + (
            26 if self.is_state else 16
        )

    @property
    def height(self) -> float:
        lines = len(self.lines) * self.size * 1.3 + (len(self.small) + len(self.notes)) * SMALL * 1.35
        return lines + (18 if self.is_state else 8)


@dataclass
class Line:
    """A line from one item to another, by their positions in the list of items."""

    source: int
    target: int
    timed: bool
    taken: bool = False
    aside: bool = False


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


def contents(workflow: Workflow, rows: dict[str, int], language: str, road: Road | None = None) -> Contents:
    """What to draw, given the row of each state (0, 1, 2 ... from the top) and the road, if one is laid over."""
    items = [
        _state(name, state, workflow, 2 * rows[name], language, road)
        for name, state in workflow.states.items()
    ]
    found = Contents(items, [])
    letters = iter(letters_of(language))
    for group in groups(workflow, language):
        _add(found, group, rows, language, next(letters, "*") if len(group.sources) > MANY else None, road)
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


def _add(
    found: Contents,
    group: Group,
    rows: dict[str, int],
    language: str,
    letter: str | None,
    road: Road | None,
) -> None:
    label = len(found.items)
    position = {item.name: index for index, item in enumerate(found.items) if item.is_state}
    title = wrapped(group.transition.title.in_language(language), LABEL_SIZE, LABEL_ROOM)
    row = _row([] if letter else [rows[each] for each in group.sources], rows[group.transition.to])
    small = [group.limit] if group.limit else []
    item = Item(group.name, row, title, LABEL_SIZE, group.transition.by[0], small)
    item.timed = set(group.transition.by) == {SYSTEM} or bool(group.limit)
    item.badges = [letter] if letter else []
    numbers = road.numbers(group.sources, group.name, comma(language)) if road else ""
    item.notes, item.aside = [numbers] if numbers else [], road is not None and not numbers
    found.items.append(item)
    for source in group.sources:
        if letter:
            found.items[position[source]].badges.append(letter)
        else:
            taken = road is not None and road.taken(source, group.name)
            aside = road is not None and not taken
            found.lines.append(Line(position[source], label, item.timed, taken, aside))
    target = position[group.transition.to]
    found.lines.append(Line(label, target, item.timed, bool(numbers), item.aside))


def _row(sources: list[int], target: int) -> int:
    """A row for a label: below its lowest source that is above the target, else above its sources."""
    above = [each for each in sources if each < target]
    if above:
        return 2 * max(above) + 1
    return max(2 * min(sources) - 1, 1) if sources else max(2 * target - 1, 1)


def letters_of(language: str) -> str:
    return LETTERS["en" if language.startswith("en") else "ar"]


def comma(language: str) -> str:
    return ", " if language.startswith("en") else "، "


def _state(name: str, state: State, workflow: Workflow, row: int, language: str, road: Road | None) -> Item:
    lines = wrapped(state.title.in_language(language), STATE_SIZE, STATE_ROOM)
    loops = [
        _loop(name, way, each.title.in_language(language), language, road)
        for way, each in workflow.leaving(name).items()
        if each.to == name
    ]
    notes = list(road.notes.get(name, ())) if road else []
    rim = 3 if state.final else 0
    return Item(name, row, lines, STATE_SIZE, state.waits_for, loops, notes=notes, is_state=True, rim=rim)


def _loop(state: str, transition: str, title: str, language: str, road: Road | None) -> str:
    numbers = road.numbers([state], transition, comma(language)) if road else ""
    return f"{title}: {numbers}" if numbers else title


def _limit(state: State, transition: str, language: str) -> str | None:
    """The time limit of `state`, when it is `transition` that ends it."""
    deadline = state.deadline
    if deadline is None or deadline.then != transition:
        return None
    if deadline.after is None:
        return str(deadline.on).replace("_", " ").replace("-", " ")
    return in_words(deadline.after, language)
