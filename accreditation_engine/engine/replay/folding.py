"""How events change the picture. Each folder registers what its own kinds of events, and the effects of its
transitions, have to tell; nothing but events, and the editions they name, is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby
from uuid import UUID

from .picture import Picture
from .plausible import Held, impossible
from .said import Said, said_by
from .states import move, scheme_of

Tell = Callable[[Picture, Said], None]

_by_kind: dict[str, dict[str, list[Tell]]] = defaultdict(lambda: defaultdict(list))
_by_effect: dict[str, Tell] = {}
UNREADABLE = (LookupError, ValueError, TypeError, AttributeError)


def told_by(of: str, *kinds: str) -> Callable[[Tell], Tell]:
    """Register the function below as what events of `kinds` change in the picture of `of`: a subject of workflows,
    by its name there, or a person."""

    def register(tell: Tell) -> Tell:
        for kind in kinds:
            _by_kind[of][kind].append(tell)
        return tell

    return register


def told_by_effect(name: str) -> Callable[[Tell], Tell]:
    """Register the function below as what a transition changes that has the effect `name` in its edition."""

    def register(tell: Tell) -> Tell:
        _by_effect[name] = tell
        return tell

    return register


def replay(of: str, events: Iterable[Said], held: Held | None = None) -> Picture:
    """What stands after `events`, all of one stream and in their order. Events that change nothing may be among
    them, or be left out. With `held`, all of them are asked whether they were possible."""
    picture, by_kind = Picture(), _by_kind[of]
    for event in events:
        picture.seq = event.seq
        try:
            if held is not None:
                picture.impossible += [(event.seq, why) for why in impossible(picture, event, held)]
            if event.target:
                move(picture, event)
            for tell in by_kind.get(event.kind, ()):
                tell(picture, event)
            if event.transition and event.kind == "transition":
                _follow(picture, event)
        except UNREADABLE:
            picture.unread.append(event.seq)
    return picture


def replayed(of: str, streams: Collection[UUID], held: Held | None = None) -> Iterator[tuple[UUID, Picture]]:
    """The picture of today of each of `streams` that has events. One query."""
    for stream, events in groupby(said_by(streams), key=lambda each: each.stream):
        yield stream, replay(of, events, held)


def _follow(picture: Picture, event: Said) -> None:
    scheme = scheme_of(event)
    if scheme is None:
        picture.whole = False
        return
    for bound in scheme.steps[event.transition].effects:
        tell = _by_effect.get(bound.name)
        if tell is not None:
            tell(picture, event)
