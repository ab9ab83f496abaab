"""Giving events their places in the tree: once, in the order in which they are first seen, and for ever.

An event waits for its place from the moment it is written (a trigger sees to that), so one whose transaction
commits late is covered by a later checkpoint and never skipped. What is covered is checked on the way: it must
continue its stream from where the tree left it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ..content import digest_of
from ..models import Event
from ..rows import insert, update
from .locking import locked_tree
from .merkle import leaf_hash
from .models import Place, StreamHead, Tile
from .tiles import Tiles

AT_ONCE = 5000


class TrailBroken(Exception):  # noqa: N818 - said of the trail
    """What waits does not continue what is covered: somebody has changed the trail. Nothing is signed over it."""


class Waiting(NamedTuple):
    id: int
    stream: UUID
    seq: int
    hash: str
    body: bytes


def cover() -> int:
    """Cover everything that waits; give the size of the tree. A few thousand events a transaction."""
    while True:
        with transaction.atomic():
            tree = locked_tree()
            waiting = _waiting()
            if not waiting:
                return tree.size
            places = [Place(event=each.id, position=tree.size + n) for n, each in enumerate(waiting)]
            heads = _heads_after(waiting, tree.streams)
            events = Tiles(Tile.EVENTS)
            events.extend(tree.size, [event_leaf(each.hash) for each in waiting])
            events.save()
            update(Place, places, ("position",))
            tree.streams += _keep(heads)
            tree.size += len(waiting)
            tree.save()


def event_leaf(event_hash: str) -> bytes:
    """An event enters the tree as its own hash, 32 bytes."""
    return leaf_hash(bytes.fromhex(event_hash))


def stream_leaf(stream: UUID | str, seq: int, event_hash: str) -> bytes:
    """A stream enters the tree of streams as one line: its UUID, and number and hash of its last event."""
    return leaf_hash(f"{stream} {seq} {event_hash}\n".encode())


def _waiting() -> list[Waiting]:
    ids = list(
        Place.objects.filter(position=None).order_by("event").values_list("event", flat=True)[:AT_ONCE]
    )
    rows = Event.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "stream", "seq", "hash", "body")
    found = [
        Waiting(pk, stream, seq, hash_, bytes(body))
        for pk, stream, seq, hash_, body in rows.iterator(AT_ONCE)
    ]
    if len(found) != len(ids):
        lost = sorted(set(ids) - {each.id for each in found})
        raise TrailBroken(_("the event of row %(row)d is gone before it was covered") % {"row": lost[0]})
    return found


def _heads_after(waiting: Sequence[Waiting], streams: int) -> list[StreamHead]:
    """The last covered event of each stream once `waiting` is covered. Raises TrailBroken."""
    names = list({each.stream for each in waiting})
    heads = {head.stream: head for head in StreamHead.objects.filter(stream__in=names)}
    for each in waiting:
        head = heads.get(each.stream)
        if head is None:
            head = heads[each.stream] = StreamHead(stream=each.stream, leaf=streams, seq=0, hash="")
            streams += 1
        if each.seq != head.seq + 1 or digest_of(each.body) != each.hash:
            raise TrailBroken(
                _(
                    "stream %(stream)s event %(seq)d does not continue what was covered up to %(covered)d;"
                    " nothing is signed over it. Run manage.py verify_trail"
                )
                % {"stream": each.stream, "seq": each.seq, "covered": head.seq}
            )
        head.seq, head.hash = each.seq, each.hash
    return list(heads.values())


def _keep(heads: Sequence[StreamHead]) -> int:
    """Write the heads and their leaves; give how many streams are new."""
    new = [head for head in heads if head._state.adding]
    if new:
        insert(StreamHead, new)
    known = [head for head in heads if not head._state.adding]
    if known:
        update(StreamHead, known, ("seq", "hash"))
    tiles = Tiles(Tile.STREAMS)
    tiles.change({head.leaf: stream_leaf(head.stream, head.seq, head.hash) for head in heads})
    tiles.save()
    return len(new)
