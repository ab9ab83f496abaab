"""The road that one file took through its workflow, to be laid over the picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

TOLD_ONE_BY_ONE = 4
"""So many numbers of one step are all written; of more, the first two and the last, and how many there are."""


@dataclass(frozen=True)
class Road:
    """`steps` are those that were taken, in order, each as (state it left, transition); the first is number 1.
    `notes` are lines that stand in the box of a state, in the language of the picture."""

    steps: Sequence[tuple[str, str]] = ()
    notes: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def _numbers(self) -> dict[tuple[str, str], list[int]]:
        numbers: dict[tuple[str, str], list[int]] = {}
        for number, step in enumerate(self.steps, start=1):
            numbers.setdefault(step, []).append(number)
        return numbers

    def taken(self, source: str, transition: str) -> bool:
        return (source, transition) in self._numbers

    def numbers(self, sources: Iterable[str], transition: str, comma: str) -> str:
        """The numbers of a transition from any of `sources`, in order; "" when it was never taken."""
        found = sorted(each for source in sources for each in self._numbers.get((source, transition), ()))
        if len(found) <= TOLD_ONE_BY_ONE:
            return comma.join(map(str, found))
        return f"{found[0]}{comma}{found[1]} … {found[-1]} ({len(found)}×)"
