"""The events against the tree that covers them, the tree against itself, and the checkpoints against the tree."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils import timezone

from ..models import Event
from ..moments import CLOCKS, Order, written
from ..problems import Problem, Tally, problem
from . import reading
from .checkpoints import latest, summary_of
from .covering import TrailBroken, stream_leaf
from .floor import sunk
from .merkle import root
from .models import Checkpoint, Key, Place, StreamHead, Tile, Tree
from .notes import in_base64, key_id
from .numbers import NUMBERS, gaps
from .tiles import HASH, WIDTH, Tiles, joined

TILES_AT_ONCE = 100
A_MOMENT = timedelta(minutes=1)
NOBODY = ""
"""Stands for the stream in problems of the tree as a whole."""


def planted(stream: UUID | None, tally: Tally) -> Iterator[Problem]:
    """Every problem of the tree, or what it says of one stream."""
    if stream is None:
        yield from _leaves(tally)
        yield from _waiting_for_nothing()
        yield from _levels()
        yield from _checkpoints()
        yield from _floors()
    else:
        yield from _places(stream, tally)
    for of, seq in reading.events_without_place(stream):
        yield _problem(
            of, seq, "unplanted", "it is not in the tree of all events, nor waiting for its place in it"
        )
    for of, seq, _hash in reading.ends_apart(stream):
        yield _problem(
            of, seq, "cut off", f"the tree has covered its stream up to event {seq}, which is not its end"
        )
    yield from _streams(stream)
    yield from _not_yet(stream)


def _leaves(tally: Tally) -> Iterator[Problem]:
    """Every event against the leaf at its place, and every tile of leaves against the hash above it. A tile is
    compared whole; only one that differs is looked at."""
    tiles = _in_order(0)
    expected = 0
    order = Order(Checkpoint.objects.order_by("size").values_list("size", "at").iterator(500))
    for number, count, last, hashes, moments in reading.planted_bundles():
        stored = next(tiles, (number, b""))
        first = number * WIDTH
        gapless = first == expected and last == first + count - 1
        if not gapless or stored != (number, _leaf_hashes(hashes)) or len(hashes) != 2 * HASH * count:
            yield from _apart(first, stored[1])
        else:
            yield from _untimely(order.wrong(first, moments.split(",")))
        expected = last + 1
        tally.planted += count
    size = Tree.objects.values_list("size", flat=True).first() or 0
    if size != expected:
        yield _tree_problem(expected, f"the tree holds {size} events, and {expected} have a place in it")


def _untimely(found: Iterable[tuple[int, str]]) -> Iterator[Problem]:
    for place, why in found:
        for _place, _digest, stream, seq in reading.planted_between(place, place + 1):
            yield _problem(stream, seq, "moment", why)


def _not_yet(stream: UUID | None) -> Iterator[Problem]:
    """Events of a time that has not come."""
    for of, seq, at in reading.dated_after(written(timezone.now() + CLOCKS), stream):
        yield _problem(of, seq, "moment", f"it is dated {at}, which is to come")


def _in_order(level: int) -> Iterator[tuple[int, bytes]]:
    """The tiles of one level of the tree of events, with their numbers."""
    rows = Tile.objects.filter(tree=Tile.EVENTS, level=level).order_by("number")
    for number, hashes in rows.values_list("number", "hashes").iterator(TILES_AT_ONCE):
        yield number, bytes(hashes)


def _leaf_hashes(hashes: str) -> bytes:
    """The leaves of events whose hashes stand one behind the other in hexadecimal; b"" where they do not."""
    try:
        raw = bytes.fromhex(hashes)
    except (ValueError, TypeError):
        return b""
    return b"".join([sha256(b"\x00" + raw[at : at + HASH]).digest() for at in range(0, len(raw), HASH)])


def _apart(first: int, stored: bytes) -> Iterator[Problem]:
    """What is wrong between the places from `first` on and the tile that holds them."""
    expected = first
    for position, digest, stream, seq in reading.planted_between(first, first + WIDTH):
        if position != expected:
            yield _tree_problem(expected, f"no event stands at place {expected} of the tree")
        offset = (position - first) * HASH
        if digest is None:
            yield _tree_problem(position, f"the event at place {position} of the tree is gone")
        elif stored[offset : offset + HASH] != _leaf_hashes(digest):
            yield _problem(stream, seq, "rewritten", f"the tree holds another event at its place, {position}")
        expected = position + 1


def _places(stream: UUID, tally: Tally) -> Iterator[Problem]:
    tiles = Tiles(Tile.EVENTS)
    for position, digest, of, seq in reading.places_of(stream):
        if _leaf_at(tiles, position) != _leaf_hashes(digest or ""):
            yield _problem(of, seq, "rewritten", f"the tree holds another event at its place, {position}")
        tally.planted += 1


def _leaf_at(tiles: Tiles, place: int) -> bytes | None:
    try:
        return tiles.perfect(0, place)
    except LookupError:
        return None


def _waiting_for_nothing() -> Iterator[Problem]:
    for (row,) in reading.places_without_event():
        yield _tree_problem(row, f"an event that waited for its place in the tree is gone (row {row})")


def _levels() -> Iterator[Problem]:
    """Every full tile against the hash that stands for it above."""
    above = {tree: Tiles(tree) for tree in (Tile.EVENTS, Tile.STREAMS)}
    for tile in Tile.objects.order_by("tree", "level", "number").iterator(TILES_AT_ONCE):
        hashes = bytes(tile.hashes)
        if len(hashes) == WIDTH * HASH:
            held = above[tile.tree].hashes(tile.level + 1, tile.number // WIDTH)
            offset = tile.number % WIDTH * HASH
            if held[offset : offset + HASH] != joined(hashes):
                yield _tree_problem(
                    tile.number, f"the tree of {tile.tree} does not follow from its tile {tile}"
                )


def _checkpoints() -> Iterator[Problem]:
    keys = {key.pk: key for key in Key.objects.all()}
    made = list(Event.objects.filter(stream__in=list(keys), kind="key_made"))
    said = {(event.stream, event.data.get("key")) for event in made}
    for key in keys.values():
        if (key.pk, key.public) not in said:
            yield Problem(key.pk, 1, "key", "no event speaks of this key")
    yield from _made_at(made, keys)
    yield from _retired(keys.values())
    for each in _all_checkpoints():
        if wrong := _wrong_with(each, keys[each.key_id]) or _made_too_early(each):
            yield Problem(
                each.key_id, each.size, "checkpoint", f"the checkpoint of {each.size} events {wrong}"
            )
    numbering = {keys[event.stream] for event in made if event.data.items() >= NUMBERS.items()}
    for each, wrong in gaps(((each, keys[each.key_id]) for each in _all_checkpoints()), numbering):
        yield Problem(each.key_id, each.size, "checkpoint", f"the checkpoint of {each.size} events {wrong}")
    last, tree = latest(), Tree.objects.first()
    signed = last.size if last else 0
    if keys and tree and signed < tree.size:  # whoever covers events has a key, and signs at once
        yield _tree_problem(
            tree.size - 1,
            f"{tree.size} events are in the tree, and checkpoints sign only {signed}: those behind were deleted,"
            " or the site was cut off before it signed; manage.py checkpoint signs anew",
        )
    if last and tree and last.size == tree.size and not _streams_follow(last, tree):
        yield Problem(last.key_id, last.size, "checkpoint", "the last checkpoint was of other streams")


def _floors() -> Iterator[Problem]:
    """What was signed, as a file beside the keys has it, against the tree."""
    try:
        broken, size = sunk()
    except TrailBroken as error:
        yield _tree_problem(0, str(error))
        return
    for floor in broken:
        yield _tree_problem(
            floor.size - 1,
            f"{floor.size} events were signed, as {floor.path.name} beside the keys says, and the tree holds"
            f" {size}, or others: rows were deleted or changed, or an older backup was restored",
        )


def _all_checkpoints() -> Iterator[Checkpoint]:
    return Checkpoint.objects.order_by("size").iterator(500)


def _made_at(made: Iterable[Event], keys: dict[UUID, Key]) -> Iterator[Problem]:
    for event in made:
        key = keys[event.stream]
        if not timedelta() <= event.at - key.made_at <= A_MOMENT:
            detail = f"made_at is {_shown(key.made_at)} and its trail says {_shown(event.at)}"
            yield Problem(key.pk, event.seq, "key", detail)


def _retired(keys: Iterable[Key]) -> Iterator[Problem]:
    """Keys that rest without an event, or work on after one. A row is written a moment before its event."""
    ended = Event.objects.filter(kind="key_retired").order_by("seq").values_list("stream", "at", "seq")
    said = {stream: (at, seq) for stream, at, seq in ended}
    for key in keys:
        at, seq = said.get(key.pk, (None, 1))
        if key.retired_at is None and at is None:
            continue
        if key.retired_at is None or at is None or not timedelta() <= at - key.retired_at <= A_MOMENT:
            detail = f"retired_at is {_shown(key.retired_at)} and its trail says {_shown(at)}"
            yield Problem(key.pk, seq, "key", detail)


def _shown(at: datetime | None) -> str:
    return f"'{at.isoformat()}'" if at else "nothing"


def _made_too_early(checkpoint: Checkpoint) -> str:
    """No signature covers when a checkpoint was made; the events it covers were there by then."""
    last = Place.objects.filter(position=checkpoint.size - 1).values("event")
    covered = Event.objects.filter(pk__in=last).values_list("at", flat=True).first()
    if covered is None or covered <= checkpoint.at + A_MOMENT:
        return ""
    return f"is dated {checkpoint.at.isoformat()}, before its last event"


def _wrong_with(checkpoint: Checkpoint, key: Key) -> str:
    try:  # tiles are read anew for each: kept, they would be as many as there are checkpoints
        expected = root(checkpoint.size, Tiles(Tile.EVENTS).perfect)
    except LookupError:
        return "speaks of more events than the tree holds"
    if checkpoint.root != expected.hex():
        return "is of other events than the tree holds"
    text, _, signatures = checkpoint.note.partition("\n\n")
    lines = text.split("\n")
    if len(lines) < 3 or (lines[1], lines[2]) != (
        str(checkpoint.size),
        in_base64(bytes.fromhex(checkpoint.root)),
    ):
        return "says something else in its text"
    return "" if _signed(f"{text}\n", signatures, key) else "is not signed by its key"


def _signed(text: str, signatures: str, key: Key) -> bool:
    public = bytes.fromhex(key.public)
    wanted = key_id(key.name, public)
    for line in signatures.splitlines():
        try:
            blob = b64decode(line.rpartition(" ")[2], validate=True)
            if blob[:4] == wanted:
                Ed25519PublicKey.from_public_bytes(public).verify(blob[4:], text.encode())
                return True
        except (ValueError, InvalidSignature):
            continue
    return False


def _streams_follow(checkpoint: Checkpoint, tree: Tree) -> bool:
    try:
        text = summary_of(tree, checkpoint.note.partition("\n")[0]).text()
    except LookupError:
        return False
    return checkpoint.note.startswith(text)


def _streams(stream: UUID | None) -> Iterator[Problem]:
    """The end of each covered stream against its leaf in the tree of streams."""
    heads = (
        StreamHead.objects.order_by("leaf") if stream is None else StreamHead.objects.filter(stream=stream)
    )
    rows, tiles = heads.iterator(WIDTH), Tiles(Tile.STREAMS)
    while some := list(islice(rows, WIDTH)):
        for head in some:
            if _leaf_at(tiles, head.leaf) != stream_leaf(head.stream, head.seq, head.hash):
                yield _problem(
                    head.stream, head.seq, "cut off", "the tree of streams knows another end of its stream"
                )
        tiles = Tiles(Tile.STREAMS)


def _problem(stream: Any, seq: int, code: str, detail: str) -> Problem:
    return problem(str(stream).encode(), seq, code, detail)


def _tree_problem(place: int, detail: str) -> Problem:
    return Problem(NOBODY, place, "tree", detail)
