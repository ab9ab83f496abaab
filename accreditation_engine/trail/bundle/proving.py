"""What ties the events of a bundle to its checkpoint, and the checkpoint to earlier ones.

Where the tree does not hold what a proof needs, there is no proof, and the auditor learns that: a broken site must
not keep its evidence to itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, QuerySet

from ..models import Checkpoint, Event, Key, Place, StreamHead, Tile, Tree
from ..stored import fetch, table_of
from ..transparency.merkle import Perfect, consistency_proof, inclusion_proof
from ..transparency.proofs import stream_end
from ..transparency.tiles import Tiles
from . import rows

EARLIER = 50
"""So many earlier checkpoints go into a bundle: the newest half, and the other half from all before. The first of
each key goes along beside them: the key before has signed it, too."""

COLUMNS = tuple(str(each.column) for each in Event._meta.concrete_fields if not each.primary_key)


class Trees:
    """Both trees, while they stay as they are: what many proofs share is read once. Of a large tree, only what was
    asked for last is remembered."""

    def __init__(self) -> None:
        self.streams = Tiles(Tile.STREAMS)
        self.perfect: Perfect = lru_cache(maxsize=1 << 14)(Tiles(Tile.EVENTS).perfect)


def events(found: QuerySet[Event], checkpoint: Checkpoint | None, trees: Trees) -> Iterator[dict[str, Any]]:
    """The events `found` in order: their columns, and the proof that `checkpoint` covers each."""
    size = checkpoint.size if checkpoint else 0
    chosen, values = rows.keys_of(found)
    fields = rows.fields_of(Event, COLUMNS)
    sql = (
        f"SELECT {rows.selection(fields, 'e')}, p.position FROM {table_of(Event)} e"
        f" LEFT JOIN {table_of(Place)} p ON p.event = e.id WHERE e.id IN ({chosen})"
        " ORDER BY e.stream, e.seq, e.id"
    )
    for *columns, position in fetch(sql, list(values)):
        said = rows.as_said(fields, tuple(columns))
        yield {"columns": said, "proof": _inclusion(position, size, trees.perfect)}


def _inclusion(position: Any, size: int, perfect: Perfect) -> dict[str, Any] | None:
    if not isinstance(position, int):
        return None
    try:
        path = inclusion_proof(position, size, perfect)
    except LookupError:
        return None
    return {"position": position, "path": [each.hex() for each in path]}


def proofs(
    streams: Iterable[UUID], checkpoint: Checkpoint | None, also: int | None, trees: Trees
) -> dict[str, Any]:
    """Where each stream ends, that the checkpoint continues earlier ones (and that of `also` events), and what the
    site has covered and lost."""
    if checkpoint is None:
        return {"ends": {}, "consistency": [], "lost": lost()}
    sizes = {each.size for each in earlier(checkpoint, also)} | ({also} if also else set())
    now = Tree.objects.filter(size=checkpoint.size).first()
    return {
        "ends": {str(each): _end(each, now, trees) for each in streams},
        "consistency": [
            _consistency(size, checkpoint.size, trees) for size in sorted(sizes) if size < checkpoint.size
        ],
        "lost": lost(),
    }


def earlier(checkpoint: Checkpoint, also: int | None = None) -> list[Checkpoint]:
    """Some of the checkpoints before this one, the oldest first; that of `also` events among them, where there is
    one."""
    sizes = list(
        Checkpoint.objects.filter(size__lt=checkpoint.size).order_by("-size").values_list("size", flat=True)
    )
    newest, before = sizes[: EARLIER // 2], sizes[EARLIER // 2 :]
    step = max(1, -(-len(before) // (EARLIER // 2)))
    firsts = Key.objects.annotate(first=Min("checkpoints__size")).values_list("first", flat=True)
    chosen = {*newest, *before[::-1][::step], *firsts, also}
    return list(Checkpoint.objects.filter(size__in=chosen, size__lt=checkpoint.size).order_by("size"))


def lost() -> dict[str, Any]:
    """What the tree has covered and the database has not any more, in all of the site: streams of which no event
    is left, how many streams of which not even the name is left, and how many events."""
    tree = Tree.objects.first() or Tree()
    gone = StreamHead.objects.filter(~Exists(Event.objects.filter(stream=OuterRef("stream"))))
    bare = Place.objects.filter(~Exists(Event.objects.filter(pk=OuterRef("event"))), position__isnull=False)
    return {
        "streams": [str(each) for each in gone.order_by("leaf").values_list("stream", flat=True)],
        "nameless": max(0, tree.streams - StreamHead.objects.count()),
        "events": bare.count(),
    }


def _end(stream: UUID, now: Tree | None, trees: Trees) -> dict[str, Any] | None:
    """The tree of streams has proofs only of what it is now: of the checkpoint, while nothing is covered since."""
    try:
        found = stream_end(stream, now.streams, trees.streams) if now else None
    except LookupError:
        return None
    if found is None:
        return None
    head, proof = found
    path = [each.hex() for each in proof.path]
    return {"leaf": head.leaf, "seq": head.seq, "hash": head.hash, "path": path}


def _consistency(first: int, second: int, trees: Trees) -> dict[str, Any]:
    try:
        path = consistency_proof(first, second, trees.perfect)
    except LookupError:
        path = []
    return {"first": first, "second": second, "path": [each.hex() for each in path]}
