"""What anybody may ask of the tree: all that the latest checkpoint has signed, and nothing beyond. Only hashes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..models import Event
from .checkpoints import latest
from .covering import event_leaf
from .merkle import root
from .models import Checkpoint, Place, Tile
from .proofs import Inclusion, consistency, included
from .tiles import HASH, HEIGHT, WIDTH, Tiles

HASH_IN_HEX = re.compile(r"[0-9a-f]{64}")
LARGEST = 2**63 - 1
"""No database keeps a larger number; nor will any trail."""


class NotPublished(Exception):  # noqa: N818 - said of what was asked for
    """It is not there or not yet; the message says which. `code` names the reason, for programs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Unreadable(NotPublished):
    """What was asked for makes no sense, whatever the trail holds."""


@dataclass(frozen=True)
class EventInclusion:
    """That an event is under the `root` of the first `proof.size` events."""

    leaf: bytes
    proof: Inclusion
    root: bytes


@dataclass(frozen=True)
class Consistency:
    """That the tree of `second` events, whose root is `second_root`, continues the one of `first`."""

    first: int
    first_root: bytes
    second: int
    second_root: bytes
    path: tuple[bytes, ...]


def latest_published() -> Checkpoint:
    """Raises NotPublished while nothing has been signed."""
    checkpoint = latest()
    if checkpoint is None:
        raise NotPublished(
            "no-checkpoint", _("No checkpoint has been made yet; the first is made within an hour.")
        )
    return checkpoint


def published(size: int) -> Checkpoint:
    """The checkpoint of `size` events. Raises NotPublished."""
    wanted = Checkpoint.objects.filter(size=min(size, LARGEST)).select_related("key").first()
    if wanted is None:
        raise NotPublished(
            "no-such-checkpoint",
            _(
                "No checkpoint of %(size)d events was made; the list of checkpoints has the sizes that there are."
            )
            % {"size": size},
        )
    return wanted


def readable_hash(text: str) -> str:
    """The hash that somebody typed or pasted, as it is kept. Raises Unreadable."""
    found = "".join(text.split()).lower()
    if not HASH_IN_HEX.fullmatch(found):
        raise Unreadable(
            "not-a-hash", _("An event's hash has 64 digits, each 0 to 9 or a to f. Copy it from the event.")
        )
    return found


def event_inclusion(event_hash: str, size: int | None = None) -> EventInclusion:
    """The place of the event with this hash (64 hexadecimal digits) in the tree of `size` events, or of all that
    are signed. Raises NotPublished."""
    known = readable_hash(event_hash)
    wanted = _within(size)
    row = Event.objects.filter(hash=known).values_list("pk", flat=True).first()
    if row is None:
        raise NotPublished(
            "no-such-event", _("The trail knows no event with this hash. Compare it digit by digit.")
        )
    place = Place.objects.filter(event=row, position__lt=wanted).first()
    if place is None:
        raise NotPublished(
            "not-covered",
            _(
                "This event is not among the first %(size)d; ask for a later checkpoint, or wait for the next one."
            )
            % {"size": wanted},
        )
    tiles = Tiles(Tile.EVENTS)
    proof = included(int(place.position), wanted, tiles)  # type: ignore[arg-type]
    return EventInclusion(event_leaf(known), proof, root(wanted, tiles.perfect))


def published_consistency(first: int, second: int | None = None) -> Consistency:
    """That what was signed of `second` events, or of all, continues what was signed of `first`. Raises
    NotPublished."""
    last = _within(second)
    if not 1 <= first <= last:
        raise Unreadable(
            "no-such-size",
            _("The first size must be 1 or more, and no larger than the second, %(size)d.") % {"size": last},
        )
    perfect = Tiles(Tile.EVENTS).perfect
    return Consistency(first, root(first, perfect), last, root(last, perfect), consistency(first, last))


def published_tile(level: int, number: int, width: int = WIDTH) -> bytes:
    """The first `width` hashes of a tile of the tree of events, side by side. Raises NotPublished."""
    if not 1 <= width <= WIDTH:
        raise Unreadable("no-such-width", _("A tile has from 1 to %(width)d hashes.") % {"width": WIDTH})
    signed = latest_published().size >> (HEIGHT * min(level, 8))
    there = min(WIDTH, signed - number * WIDTH)
    if there < width:
        raise NotPublished("no-such-tile", _tile_words(there))
    return Tiles(Tile.EVENTS).hashes(level, number)[: width * HASH]


def _tile_words(there: int) -> str:
    if there <= 0:
        return _("The tree has no such tile yet.")
    return _("This tile has only %(width)d hashes so far; ask for that width.") % {"width": there}


def _within(size: int | None) -> int:
    last = latest_published().size
    if size is None:
        return last
    if not 1 <= size <= last:
        raise Unreadable(
            "no-such-size",
            _("The size must be from 1 to %(size)d, the size of the latest checkpoint.") % {"size": last},
        )
    return size
