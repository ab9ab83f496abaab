"""A workflow as a graph: which states can follow which, and by which transitions."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from .workflow import Workflow

Step = tuple[str, str, str]
"""A source state, the transition taken there, and its target state."""


@dataclass
class Graph:
    """`steps` maps a state to the steps that leave it, in the order of the file."""

    steps: dict[str, list[Step]]
    _reached: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, workflow: Workflow) -> Graph:
        """The graph of `workflow`, without transitions that name a state it does not have."""
        steps: dict[str, list[Step]] = {state: [] for state in workflow.states}
        for name, transition in workflow.transitions.items():
            for source in transition.from_:
                if source in steps and transition.to in steps:
                    steps[source].append((source, name, transition.to))
        return cls(steps)

    def reachable(self, start: str) -> frozenset[str]:
        """`start` and every state that can come after it."""
        if start not in self._reached:
            reached, ahead = {start}, [start]
            while ahead:
                new = {target for _, _, target in self.steps.get(ahead.pop(), ())} - reached
                reached |= new
                ahead += new
            self._reached[start] = frozenset(reached)
        return self._reached[start]

    def path(self, start: str, goals: Iterable[str]) -> list[Step] | None:
        """The shortest way from `start` to one of `goals`: empty when it is one, None when there is none."""
        wanted = set(goals)
        ways: dict[str, list[Step]] = {start: []}
        ahead = deque([start])
        while ahead:
            state = ahead.popleft()
            if state in wanted:
                return ways[state]
            for step in self.steps.get(state, ()):
                if step[2] not in ways:
                    ways[step[2]] = [*ways[state], step]
                    ahead.append(step[2])
        return None
