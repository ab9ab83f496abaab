"""Lines between boxes and labels: straight through the rows they pass, curved between rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from .boxes import arrow_head
from .colours import GREY, TAKEN
from .frame import Frame
from .items import Contents, Item
from .placing import Placed, Slot
from .svg import path, point

Ports = dict[tuple[int, bool], float]


def lines(found: Contents, placed: Placed, frame: Frame) -> Iterator[str]:
    """All lines, each with a tip where it enters a state."""
    ports = _ports(found, placed)
    for index, (line, chain) in enumerate(zip(found.lines, placed.chains, strict=True)):
        down = 1 if chain[-1].row > chain[0].row else -1
        runs = _runs(index, chain, ports, found, placed, down)
        moved = [(frame.x(x, placed.width), start, end) for x, start, end in runs]
        to_state = found.items[line.target].is_state
        yield path(
            _curve(moved, shortened=7 * down if to_state else 0),
            stroke=TAKEN if line.taken else GREY,
            stroke_width=2.4 if line.taken else 1.4,
            fill="none",
            stroke_dasharray="5 4" if line.timed else None,
            opacity="0.4" if line.aside else None,
            class_="workflow-line",
        )
        if to_state:
            yield arrow_head(moved[-1][0], moved[-1][1], down, TAKEN if line.taken else GREY)


def _runs(
    index: int, chain: list[Slot], ports: Ports, found: Contents, placed: Placed, down: int
) -> list[tuple[float, float, float]]:
    """(x, y where it comes in, y where it goes out) for each row that the line touches."""
    runs = []
    for place, slot in enumerate(chain):
        end = place in (0, len(chain) - 1)
        x = ports.get((index, place == 0), slot.x) if end else slot.x
        half = _height(slot, found.items, placed) / 2
        middle = placed.tops[slot.row] + placed.heights[slot.row] / 2
        runs.append((x, middle - half * down, middle + half * down))
    first, last = runs[0], runs[-1]
    return [(first[0], first[2], first[2]), *runs[1:-1], (last[0], last[1], last[1])]


def _height(slot: Slot, items: list[Item], placed: Placed) -> float:
    return (
        placed.heights[slot.row] if slot.item is None else items[slot.item].height + 2 * items[slot.item].rim
    )


def _curve(runs: list[tuple[float, float, float]], shortened: float) -> list[str]:
    x, _, y = runs[0]
    commands = [f"M {point(x, y)}"]
    for number, (next_x, start, end) in enumerate(runs[1:], start=2):
        start = start - shortened if number == len(runs) else start
        middle = (y + start) / 2
        commands.append(f"C {point(x, middle)} {point(next_x, middle)} {point(next_x, start)}")
        if end != start and number < len(runs):
            commands.append(f"V {end:.1f}")
        x, y = next_x, end
    return commands


def _ports(found: Contents, placed: Placed) -> Ports:
    """Where lines touch a state, side by side in the order in which they come: {(line, at its source): x}."""
    touching: dict[tuple[int, bool], list[tuple[float, int, bool]]] = defaultdict(list)
    for index, (line, chain) in enumerate(zip(found.lines, placed.chains, strict=True)):
        down = chain[-1].row > chain[0].row
        if found.items[line.source].is_state:
            touching[line.source, down].append((chain[1].x, index, True))
        if found.items[line.target].is_state:
            touching[line.target, not down].append((chain[-2].x, index, False))
    ports: Ports = {}
    for (item, _), ends in touching.items():
        room = found.items[item].width * 0.72
        gap = min(22.0, room / len(ends))
        start = placed.slots[item].x - gap * (len(ends) - 1) / 2
        for number, (_, index, at_source) in enumerate(sorted(ends)):
            ports[index, at_source] = start + gap * number
    return ports
