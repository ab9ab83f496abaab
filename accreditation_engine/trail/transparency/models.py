"""The tree that is kept beside the events, the checkpoints of it, and the keys that sign them."""

from __future__ import annotations

import uuid

from django.db import models


class Place(models.Model):
    """Where an event stands in the tree. A trigger makes the row together with the event; `position`, counted
    from 0, is given when the event is first covered and never changes."""

    event = models.BigIntegerField(primary_key=True)
    position = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["event"], name="trail_place_waiting", condition=models.Q(position=None))
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.position}"


class StreamHead(models.Model):
    """How far a stream is covered: the last of its events in the tree. `leaf`, counted from 0, is the stream's
    place in the tree of streams."""

    stream = models.UUIDField(primary_key=True)
    leaf = models.BigIntegerField(unique=True)
    seq = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.leaf} {self.stream} {self.seq}"


class Tile(models.Model):
    """Up to 256 hashes of one level of a tree, side by side, 32 bytes each (as C2SP tlog-tiles cuts a tree).

    Level 0 holds hashes of leaves; a hash of level n + 1 is the root of a full tile of level n.
    """

    EVENTS, STREAMS = "events", "streams"

    tree = models.CharField(max_length=8)
    level = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tree", "level", "number"], name="trail_tile_tree_level_number")
        ]

    def __str__(self) -> str:
        return f"{self.tree} {self.level}/{self.number}"


class Tree(models.Model):
    """How much is covered. The one row is the lock under which trees grow."""

    size = models.BigIntegerField(default=0)
    streams = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.size} events, {self.streams} streams"


class Key(models.Model):
    """A key that signs checkpoints, one at a time. The private half is a file outside the database; the public
    half and the key's life are here. `name` is the origin that checkpoints bear, `public` 32 bytes in hex."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    public = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} {self.public[:8]}"


class Checkpoint(models.Model):
    """A signed summary of the first `size` events, in the C2SP checkpoint format. `number` counts all that were
    ever made, from 1; `number_signed` is the key's signature that this one has it. One of before has neither."""

    size = models.BigIntegerField(primary_key=True)
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="checkpoints")
    note = models.TextField()
    number = models.PositiveIntegerField(null=True)
    number_signed = models.CharField(max_length=88, default="", db_default="")

    def __str__(self) -> str:
        return f"{self.size} {self.root}"
