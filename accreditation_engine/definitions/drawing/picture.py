"""The picture itself: boxes, labels, lines and the legend, put together as SVG."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ..workflow import Workflow
from .along import along
from .boxes import label, state
from .colours import colours
from .described import described
from .frame import Frame
from .items import Contents, contents
from .legend import legend, widest
from .lines import lines
from .placing import Placed, place
from .road import Road
from .rows import rows_of
from .svg import element, words

MARGIN = 22.0
FONT = "var(--workflow-font, 'Noto Sans Arabic', 'Noto Naskh Arabic', system-ui, 'DejaVu Sans', sans-serif)"


def draw(
    workflow: Workflow,
    *,
    language: str,
    current: str | None = None,
    visited: Collection[str] = (),
    roles: Mapping[str, str] | None = None,
    road: Road | None = None,
    alone: bool = False,
) -> str:
    """`workflow` as SVG in `language` ("ar" or "en"), which scales to the width it is given.

    `current` and `visited` are states: one is marked, and when any are given, all others are pale. `roles` says
    how to call roles, {role: words}. `road` is laid over the picture; steps off it are pale, or left out where it
    is `alone`. States that transitions name and the workflow does not have are left out.
    """
    if alone and road is not None:
        workflow = along(workflow, road, {*visited, *([current] if current else [])})
    found = contents(workflow, rows_of(workflow), language, road)
    placed = place(found)
    frame = Frame(language, colours(workflow), roles or {}, current, frozenset(visited), workflow, road)
    room = max(placed.width, widest(frame))
    key, key_height = legend(frame, room)
    width, height = room + 2 * MARGIN, placed.height + key_height + 3 * MARGIN
    left = MARGIN + (room - placed.width) / 2
    moved = element(
        "g", *_content(found, placed, frame), transform=f"translate({left:.0f} {MARGIN * 1.4:.0f})"
    )
    lower = f"translate({MARGIN:.0f} {placed.height + 2.4 * MARGIN:.0f})"
    name = f"{'road' if alone else 'workflow'}-{workflow.id}"
    return _document(workflow, frame, name, width, height, moved, element("g", key, transform=lower))


def _content(found: Contents, placed: Placed, frame: Frame) -> Iterator[str]:
    """Lines first, so that boxes lie on them."""
    yield from lines(found, placed, frame)
    for item, slot in zip(found.items, placed.slots, strict=True):
        y = placed.tops[item.row] + placed.heights[item.row] / 2
        yield (state if item.is_state else label)(item, frame.x(slot.x, placed.width), y, frame)


def _document(workflow: Workflow, frame: Frame, name: str, width: float, height: float, *inside: str) -> str:
    return element(
        "svg",
        element("title", words(workflow.title.in_language(frame.language)), id=f"{name}-title"),
        element("desc", words(described(workflow, frame)), id=f"{name}-desc"),
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        lang=frame.language,
        direction=frame.direction,
        class_="workflow-drawing",
        font_family=FONT,
    )
