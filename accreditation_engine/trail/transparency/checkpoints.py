"""Making checkpoints: cover what waits, sign what the tree has come to, keep the note."""

from __future__ import annotations

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from .covering import TrailBroken, cover
from .floor import check_floor, raise_floor
from .keys import predecessors, signing_key
from .locking import locked_tree
from .merkle import root
from .models import Checkpoint, Key, Tile, Tree
from .notes import Summary, signed, verifier_key
from .numbers import next_number, number_signed
from .tiles import Tiles

checkpoint_made = Signal()
"""Sent after the commit, with `checkpoint`."""


def make_checkpoint() -> Checkpoint:
    """A checkpoint of everything so far; the last one, where nothing has happened since.

    Costs what has happened since the last one. Raises KeyUnusable when nothing can be signed, TrailBroken when the
    trail does not continue what was covered, or what this machine knows to have been signed.
    """
    check_floor()
    key, private = signing_key()
    cover()
    with transaction.atomic():
        tree = locked_tree()
        last = latest()
        if last is not None:
            _check_continues(last)
        if last is not None and last.size == tree.size:
            _raise_floor(last)
            return last
        keys = [(each.name, half) for each, half in [(key, private), *predecessors(key)]]
        summary = summary_of(tree, key.name)
        number, head = next_number(last), summary.root.hex()
        checkpoint = Checkpoint.objects.create(
            size=tree.size,
            root=head,
            at=timezone.now(),
            key=key,
            note=signed(summary.text(), keys),
            number=number,
            number_signed=number_signed(number, key.name, tree.size, head, private),
        )
        _raise_floor(checkpoint)
        transaction.on_commit(lambda: checkpoint_made.send(Checkpoint, checkpoint=checkpoint))
    return checkpoint


def _raise_floor(checkpoint: Checkpoint) -> None:
    transaction.on_commit(lambda: raise_floor(checkpoint.key, checkpoint.size, checkpoint.root))


def _check_continues(last: Checkpoint) -> None:
    """Raises TrailBroken when the tree does not hold what was signed last."""
    try:
        held = root(last.size, Tiles(Tile.EVENTS).perfect).hex()
    except LookupError:
        held = ""
    if held != last.root:
        raise TrailBroken(
            f"the tree is not the one whose first {last.size} events were signed; nothing more is signed."
            " Run manage.py verify_trail"
        )


def summary_of(tree: Tree, origin: str) -> Summary:
    return Summary(
        origin=origin,
        size=tree.size,
        root=root(tree.size, Tiles(Tile.EVENTS).perfect),
        streams=tree.streams,
        streams_root=root(tree.streams, Tiles(Tile.STREAMS).perfect),
    )


def latest() -> Checkpoint | None:
    return Checkpoint.objects.order_by("-size").select_related("key").first()


def verifier_keys() -> list[str]:
    """The public key of everything that ever signed, the newest first, in the form that verifiers take."""
    keys = Key.objects.order_by("-made_at")
    return [verifier_key(each.name, bytes.fromhex(each.public)) for each in keys]
