"""What the colours and signs mean."""

from __future__ import annotations

from collections.abc import Iterator

from .boxes import badge
from .colours import ACCENT, GREY, INK, NOBODY, PAPER, TAKEN
from .frame import Frame
from .items import MANY, groups, letters_of
from .svg import element, words
from .text import width

SIZE, HEIGHT, GAP = 11.5, 22.0, 8.0


def legend(frame: Frame, room: float) -> tuple[str, float]:
    """The legend as SVG for a width of `room`, and its height."""
    x, y, drawn = 0.0, 0.0, []
    for text, fill, edge, dash, sign in _entries(frame):
        wide = _wide(text, sign)
        if x and x + wide > room:
            x, y = 0.0, y + HEIGHT + GAP
        drawn.append(_entry(text, fill, edge, dash, sign, frame.x(x + wide / 2, room), y, wide, frame))
        x += wide + GAP
    return "".join(drawn), y + HEIGHT


def widest(frame: Frame) -> float:
    """The room that the longest entry takes."""
    return max(_wide(text, sign) for text, _fill, _edge, _dash, sign in _entries(frame))


def _wide(text: str, sign: str) -> float:
    return width(text, SIZE) + 20 + (20 if sign else 0)


def _entries(frame: Frame) -> Iterator[tuple[str, str, str, str | None, str]]:
    meaning = frame.say(
        "اللون: من تنتظره المرحلة أو من يجري الانتقال", "colour: for whom a state waits, who takes a step"
    )
    yield meaning, PAPER, GREY, None, ""
    for role, colour in frame.palette.items():
        yield frame.called(role), colour.fill, colour.edge, None, ""
    yield frame.say("لا أحد", "nobody"), NOBODY.fill, NOBODY.edge, None, ""
    yield frame.say("مرحلة ختامية", "final"), PAPER, GREY, None, "final"
    yield frame.say("يحدث بانقضاء المهلة", "when time runs out"), PAPER, GREY, "4 3", ""
    if frame.road is not None:
        numbers = frame.say(
            "أرقام الخطوات بترتيب إجرائها", "numbers: steps in the order in which they were taken"
        )
        yield numbers, PAPER, TAKEN, None, ""
        yield frame.say("المرحلة الحالية", "where it is now"), PAPER, ACCENT, None, ""
    if any(len(group.sources) > MANY for group in groups(frame.workflow, frame.language)):
        letter = letters_of(frame.language)[0]
        yield (
            frame.say("من كل مرحلة عليها الحرف", "from every state with the letter"),
            PAPER,
            GREY,
            None,
            letter,
        )


def _entry(
    text: str,
    fill: str,
    edge: str,
    dash: str | None,
    sign: str,
    x: float,
    y: float,
    wide: float,
    frame: Frame,
) -> str:
    left = x - wide / 2
    box = element(
        "rect", x=left, y=y, width=wide, height=HEIGHT, rx=7, fill=fill, stroke=edge, stroke_dasharray=dash
    )
    shift = (10.0 if frame.english else -10.0) if sign else 0.0
    side = left + 14 if frame.english else left + wide - 14
    said = element(
        "text",
        words(text),
        x=x + shift,
        y=y + 15.5,
        fill=INK,
        font_size=SIZE,
        text_anchor="middle",
        direction=frame.direction,
    )
    return box + _sign(sign, side, y + HEIGHT / 2, frame) + said


def _sign(sign: str, x: float, y: float, frame: Frame) -> str:
    if sign != "final":
        return badge(sign, x, y, frame) if sign else ""
    outer = element("rect", x=x - 9, y=y - 7, width=18, height=14, rx=5, fill=PAPER, stroke=GREY)
    return outer + element(
        "rect", x=x - 6.5, y=y - 4.5, width=13, height=9, rx=3, fill=NOBODY.fill, stroke=GREY
    )
