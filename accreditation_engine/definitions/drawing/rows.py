"""In which row each state stands: below the states it comes from, so that the way leads down the page."""

from __future__ import annotations

from collections import Counter

from ..workflow import Workflow
from .items import MANY, groups

Edges = dict[str, list[str]]


def rows_of(workflow: Workflow) -> dict[str, int]:
    """The row of each state, from 0 for the initial one. Ways back up do not count."""
    forward = _forward(workflow)
    rows = dict.fromkeys(workflow.states, 0)
    for state in _in_order(forward):
        for target in forward[state]:
            rows[target] = max(rows[target], rows[state] + 1)
    return _lone_ones_placed(workflow, forward, rows)


def _forward(workflow: Workflow) -> Edges:
    """The edges between states, without those that lead back to a state on the way from the initial one."""
    edges: Edges = {state: [] for state in workflow.states}
    for group in groups(workflow, "en"):
        for source in group.sources if len(group.sources) <= MANY else ():
            edges[source].append(group.transition.to)
    starts = [workflow.initial, *workflow.states]
    order = {state: index for index, state in enumerate(_in_order(edges, starts))}
    return {
        state: [each for each in targets if order[state] < order[each]] for state, targets in edges.items()
    }


def _in_order(edges: Edges, starts: list[str] | None = None) -> list[str]:
    """The states so that each comes before what can be reached from it, as far as loops allow."""
    done: dict[str, None] = {}
    for start in starts or list(edges):
        if start in edges:
            _visit(start, edges, set(), done)
    return list(reversed(done))


def _visit(start: str, edges: Edges, seen: set[str], done: dict[str, None]) -> None:
    stack = [(start, iter(edges[start]))]
    while stack:
        state, targets = stack[-1]
        seen.add(state)
        following = next((each for each in targets if each not in seen and each not in done), None)
        if following is not None:
            stack.append((following, iter(edges[following])))
            continue
        stack.pop()
        done.setdefault(state)


def _lone_ones_placed(workflow: Workflow, forward: Edges, rows: dict[str, int]) -> dict[str, int]:
    """States to which only a letter leads go where the page is emptiest, below the first row."""
    reached = {target for targets in forward.values() for target in targets}
    lone = [
        state for state in rows if state not in reached and state != workflow.initial and not forward[state]
    ]
    counts = Counter(row for state, row in rows.items() if state not in lone)
    for state in lone:
        candidates = range(1, max(rows.values(), default=0) + 1) or [1]
        rows[state] = min(candidates, key=lambda row: (counts[row], row))
        counts[rows[state]] += 1
    return rows
