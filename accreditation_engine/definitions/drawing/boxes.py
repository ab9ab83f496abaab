"""Boxes for states and labels for transitions, each drawn around its middle (x, y)."""

from __future__ import annotations

from collections.abc import Iterator

from .colours import ACCENT, GREY, INK, PAPER, TAKEN
from .frame import Frame
from .items import BADGE, SMALL, Item
from .svg import element, path, point, words


def state(item: Item, x: float, y: float, frame: Frame) -> str:
    """A box with the title, transitions that lead back to the state itself, and letters of wide ones."""
    return element(
        "g",
        *_state(item, x, y, frame),
        class_="workflow-state",
        opacity="0.5" if frame.pale(item.name) else None,
    )


def _state(item: Item, x: float, y: float, frame: Frame) -> Iterator[str]:
    colour, current = frame.colour(item.role), item.name == frame.current
    left, top = x - item.width / 2, y - item.height / 2
    if item.rim:
        width, height = item.width + 2 * item.rim, item.height + 2 * item.rim
        yield _rounded(left - item.rim, top - item.rim, width, height, 12, fill=PAPER, stroke=colour.edge)
    edge = {"stroke": ACCENT, "stroke_width": 3} if current else {"stroke": colour.edge, "stroke_width": 1.4}
    yield _rounded(left, top, item.width, item.height, 9, fill=colour.fill, **edge)
    if item.name == frame.workflow.initial:
        yield element("circle", cx=x, cy=top - 20, r=5, fill=GREY)
        yield path([f"M {point(x, top - 15)} V {top - 6:.1f}"], stroke=GREY, stroke_width=1.4, fill="none")
        yield arrow_head(x, top - 1, 1)
    yield from _texts(item, x, top + 9, frame)
    for index, letter in enumerate(item.badges):
        side = left + item.width - 8 - 18 * index if frame.english else left + 8 + 18 * index
        yield badge(letter, side, top + item.height, frame)


def label(item: Item, x: float, y: float, frame: Frame) -> str:
    """A pill with the title, edged in the colour of who takes the transition, dashed when time does."""
    colour = frame.colour(item.role)
    left, top = x - item.width / 2, y - item.height / 2
    dash = "4 3" if item.timed else None
    edge = {"stroke": TAKEN, "stroke_width": 2} if item.notes else {"stroke": colour.edge}
    inside = [_rounded(left, top, item.width, item.height, 10, fill=PAPER, **edge, stroke_dasharray=dash)]
    shift = (BADGE + 4) / 2 if item.badges else 0.0
    inside += _texts(item, x + (shift if frame.english else -shift), top + 4, frame)
    if item.badges:
        side = left + 4 + BADGE / 2 if frame.english else left + item.width - 4 - BADGE / 2
        inside.append(badge(item.badges[0], side, y, frame))
    pale = "0.5" if item.aside else None
    return element("g", *inside, class_="workflow-transition", opacity=pale)


def badge(letter: str, x: float, y: float, frame: Frame) -> str:
    """A letter in a circle: a line that is not drawn."""
    circle = element("circle", cx=x, cy=y, r=BADGE / 2, fill=INK)
    text = element(
        "text",
        letter,
        x=x,
        y=y + 3.8,
        fill=PAPER,
        font_size=10.5,
        font_weight=700,
        text_anchor="middle",
        direction="ltr",
    )
    return circle + text


def arrow_head(x: float, y: float, down: int, fill: str = GREY) -> str:
    """A tip at (x, y) that points down (1) or up (-1)."""
    return path([f"M {point(x, y)} l -4.5 {-8 * down} l 9 0 Z"], fill=fill)


def _rounded(x: float, y: float, width: float, height: float, radius: int, **attributes: object) -> str:
    return element("rect", x=x, y=y, width=width, height=height, rx=radius, **attributes)


def _texts(item: Item, x: float, top: float, frame: Frame) -> Iterator[str]:
    """The lines of the title, and below them smaller ones: ways back with a loop before them, or a time limit."""
    weight = 600 if item.is_state else None
    y = top
    for line in item.lines:
        y += item.size * 1.3
        yield _text(line, x, y - item.size * 0.35, item.size, frame, weight)
    for line in item.small:
        y += SMALL * 1.35
        if item.is_state:
            yield from _looping(line, x, y, item, frame)
        else:
            yield _text(line, x, y - SMALL * 0.35, SMALL, frame, None)
    for line in item.notes:
        y += SMALL * 1.35
        yield _text(line, x, y - SMALL * 0.35, SMALL, frame, 700, fill=TAKEN)


def _looping(line: str, x: float, y: float, item: Item, frame: Frame) -> Iterator[str]:
    """A transition that leads back to its own state, with the sign of a loop before it."""
    start = x - item.width / 2 + 12 if frame.english else x + item.width / 2 - 12
    turn = 1 if frame.english else -1
    middle = y - SMALL * 0.7
    loop = f"M {point(start + turn * 6.5, middle - 3)} a 4 4 0 1 {0 if turn == 1 else 1} {turn * 1.2} 4"
    yield path([loop], stroke=INK, stroke_width=1.3, fill="none")
    tip = f"M {point(start + turn * 4.6, middle - 5.6)} l {turn * 4.4} 1.6 l {-turn * 3.2} 3.2 Z"
    yield path([tip], fill=INK)
    yield _text(line, start + turn * 14, y - SMALL * 0.35, SMALL, frame, None, anchor="start")


def _text(
    text: str,
    x: float,
    y: float,
    size: float,
    frame: Frame,
    weight: int | None,
    anchor: str = "middle",
    fill: str = INK,
) -> str:
    return element(
        "text",
        words(text),
        x=x,
        y=y,
        fill=fill,
        font_size=size,
        font_weight=weight,
        text_anchor=anchor,
        direction=frame.direction,
    )
