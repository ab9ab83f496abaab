"""The draw itself: a seed, so many places and a pool make names, and the same ones every time. No database.

Anybody can make a draw again, with any tool, from everybody in the pool against whom nothing stands. First as many
seniors are drawn as are wanted, as far as there are any: each senior gets the SHA-256 of the UTF-8 text
"seed:senior:identifier" in small hexadecimal digits, and those with the lowest are taken. The places that are left
go to those of all others who come first by the SHA-256 of "seed:identifier". The two orders have nothing to do
with each other: a senior who was not drawn first would else stand behind the one who was, and come too short.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accreditation_engine.scoring.sampling import place


@dataclass(frozen=True)
class InPool:
    """Somebody in the pool, by identifier; `fit`, where nothing stands against them."""

    key: str
    fit: bool
    senior: bool = False


@dataclass(frozen=True)
class Drawn:
    """`names` are identifiers in the order of the draw, seniors who had to be among them first. `seniors_missing`
    is how many seniors were wanted and not there, `open` how many places nobody was left for."""

    names: tuple[str, ...]
    seniors_missing: int
    open: int


def draw(pool: Sequence[InPool], *, seed: str, places: int, seniors: int = 0) -> Drawn:
    """Draw for so many `places`, of which `seniors` are for seniors first. Raises ValueError for an empty seed and
    for somebody who stands in the pool twice."""
    if not seed.strip():
        raise ValueError("a draw needs a seed, so that it can be made again")
    if len({each.key for each in pool}) < len(pool):
        raise ValueError("somebody stands in the pool twice")
    fit, wanted = [each for each in pool if each.fit], min(seniors, places)
    first = _in_order((each for each in fit if each.senior), f"{seed}:senior")[:wanted]
    rest = _in_order((each for each in fit if each not in first), seed)[: places - len(first)]
    names = tuple(each.key for each in (*first, *rest))
    return Drawn(names, wanted - len(first), places - len(names))


def _in_order(people: Iterable[InPool], seed: str) -> list[InPool]:
    return sorted(people, key=lambda each: place(seed, each.key))
