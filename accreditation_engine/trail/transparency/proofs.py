"""Proofs against checkpoints: this event is in it, this stream ended so, it continues that earlier one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from .merkle import consistency_proof, inclusion_proof
from .models import StreamHead, Tile
from .tiles import Tiles


@dataclass(frozen=True)
class Inclusion:
    """`path` leads from the leaf at `position` to the root of the first `size` leaves."""

    position: int
    size: int
    path: tuple[bytes, ...]


def included(position: int, size: int, tiles: Tiles | None = None) -> Inclusion:
    """That what stands at `position` is one of the first `size` events."""
    perfect = (tiles or Tiles(Tile.EVENTS)).perfect
    return Inclusion(position, size, tuple(inclusion_proof(position, size, perfect)))


def consistency(first: int, second: int) -> tuple[bytes, ...]:
    """That the tree of `second` events continues the one of `first`."""
    return tuple(consistency_proof(first, second, Tiles(Tile.EVENTS).perfect))


def stream_end(stream: UUID, streams: int, tiles: Tiles | None = None) -> tuple[StreamHead, Inclusion] | None:
    """The last covered event of `stream`, and that the tree of `streams` streams says so. That tree changes with
    every checkpoint: only the latest has proofs of it."""
    head = StreamHead.objects.filter(stream=stream, leaf__lt=streams).first()
    if head is None:
        return None
    path = inclusion_proof(head.leaf, streams, (tiles or Tiles(Tile.STREAMS)).perfect)
    return head, Inclusion(head.leaf, streams, tuple(path))
