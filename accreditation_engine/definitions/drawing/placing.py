"""Where everything stands. igraph orders each row so that few lines cross; here each row is then spread out.

Within its row an item is drawn to the middle of what it is connected with, as near as its neighbours in the row
allow (least squares under an order, solved by pooling adjacent violators).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import igraph

from .items import Contents

GAP_X, GAP_Y, BEND = 16.0, 20.0, 14.0
SWEEPS = 80
STIFF = 6.0


@dataclass
class Slot:
    """A place in a row: an item's, or a bend of a line that passes this row (`item` is None)."""

    row: int
    width: float
    item: int | None = None
    x: float = 0.0
    links: list[Slot] = field(default_factory=list)


@dataclass
class Placed:
    """`slots` of the items, `chains` of the lines: the slots through which each passes, ends included. `tops` and
    `heights` of the rows; all lengths in pixels."""

    slots: list[Slot]
    chains: list[list[Slot]]
    tops: dict[int, float]
    heights: dict[int, float]
    width: float
    height: float


def place(found: Contents) -> Placed:
    """Coordinates for everything, from (0, 0) at the top left."""
    slots = [Slot(item.row, item.width, index) for index, item in enumerate(found.items)]
    chains = [_chain(slots[line.source], slots[line.target]) for line in found.lines]
    everything = [*slots, *(slot for chain in chains for slot in chain[1:-1])]
    _order(everything, chains)
    rows = _rows(everything)
    _spread(rows)
    _gather(rows)
    return _placed(found, slots, chains, rows)


def _chain(source: Slot, target: Slot) -> list[Slot]:
    """The two ends of a line, and between them a bend in each row that it passes."""
    step = 1 if target.row > source.row else -1
    chain = [source, *(Slot(row, BEND) for row in range(source.row + step, target.row, step)), target]
    for one, other in pairwise(chain):
        one.links.append(other)
        other.links.append(one)
    return chain


def _order(everything: list[Slot], chains: list[list[Slot]]) -> None:
    """Let igraph order each row. It gets every bend as a vertex and every step as an edge down: the bends that
    it adds by itself come back in a wrong order when there are edges up or several components (1.0)."""
    number = {id(slot): index for index, slot in enumerate(everything)}
    steps = [sorted(pair, key=lambda slot: slot.row) for chain in chains for pair in pairwise(chain)]
    edges = [(number[id(upper)], number[id(lower)]) for upper, lower in steps]
    graph = igraph.Graph(len(everything), edges, directed=True)
    layout = graph.layout_sugiyama(layers=[slot.row for slot in everything], maxiter=500)
    for slot, (x, _) in zip(everything, layout, strict=True):
        slot.x = x


def _rows(everything: list[Slot]) -> list[list[Slot]]:
    """The slots of each row from left to right, from the top row down."""
    rows: dict[int, list[Slot]] = {}
    for slot in everything:
        rows.setdefault(slot.row, []).append(slot)
    return [sorted(rows[row], key=lambda slot: slot.x) for row in sorted(rows)]


def _spread(rows: list[list[Slot]]) -> None:
    for row in rows:
        _settle(row, [slot.x * 60 for slot in row])
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            _settle(row, [_wanted(slot) for slot in row])


def _wanted(slot: Slot) -> float:
    """The middle of what the slot is connected with. Bends pull each other harder, so that lines run straight."""
    if not slot.links:
        return slot.x
    pulls = [(STIFF if slot.item is None and each.item is None else 1.0, each.x) for each in slot.links]
    return sum(pull * x for pull, x in pulls) / sum(pull for pull, _ in pulls)


def _settle(row: list[Slot], wanted: list[float]) -> None:
    """Move the slots of a row as near to `wanted` as their order and their widths allow."""
    offsets = [0.0]
    for one, other in pairwise(row):
        offsets.append(offsets[-1] + (one.width + other.width) / 2 + GAP_X)
    pools: list[
        tuple[float, float, int]
    ] = []  # of runs that have to move as one: weighted sum, weight, count
    for slot, x, offset in zip(row, wanted, offsets, strict=True):
        weight = STIFF if slot.item is None else 1.0
        pools.append((weight * (x - offset), weight, 1))
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            last, before = pools.pop(), pools.pop()
            pools.append((last[0] + before[0], last[1] + before[1], last[2] + before[2]))
    settled = [total / weight for total, weight, count in pools for _ in range(count)]
    for slot, x, offset in zip(row, settled, offsets, strict=True):
        slot.x = x + offset


def _gather(rows: list[list[Slot]]) -> None:
    """Move what hangs together apart from the rest (labels with a letter, their targets) up to the rest."""
    loose = _islands([slot for row in rows for slot in row])[1:]
    for island in loose:
        inside = {id(slot) for slot in island}
        leftwards, rightwards = [], []
        for row in rows:
            for one, other in pairwise(row):
                room = other.x - one.x - (one.width + other.width) / 2 - GAP_X
                if id(other) in inside and id(one) not in inside:
                    leftwards.append(room)
                elif id(one) in inside and id(other) not in inside:
                    rightwards.append(room)
        shift = min(rightwards, default=0.0) if not leftwards else -min(leftwards) if not rightwards else 0.0
        for slot in island:
            slot.x += shift


def _islands(everything: list[Slot]) -> list[list[Slot]]:
    """The slots that lines connect, the largest group first."""
    islands: list[list[Slot]] = []
    seen: set[int] = set()
    for start in everything:
        island, ahead = [], [start]
        while ahead:
            slot = ahead.pop()
            if id(slot) not in seen:
                seen.add(id(slot))
                island.append(slot)
                ahead += slot.links
        islands += [island] if island else []
    return sorted(islands, key=len, reverse=True)


def _placed(found: Contents, slots: list[Slot], chains: list[list[Slot]], rows: list[list[Slot]]) -> Placed:
    left = min(slot.x - slot.width / 2 for row in rows for slot in row)
    right = max(slot.x + slot.width / 2 for row in rows for slot in row)
    tops, heights, top = {}, {}, 0.0
    for row in rows:
        number = row[0].row
        heights[number] = max(
            (found.items[slot.item].height for slot in row if slot.item is not None), default=0.0
        )
        tops[number] = top
        top += heights[number] + GAP_Y
        for slot in row:
            slot.x -= left
    return Placed(slots, chains, tops, heights, right - left, top - GAP_Y)
