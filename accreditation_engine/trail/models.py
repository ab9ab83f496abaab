"""The tables of the trail: events, the head of every stream, and the free text that lies beside events.

Rows are added, never changed or removed: `protection` makes the database refuse it.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from .transparency.models import Checkpoint, Key, Place, StreamHead, Tile, Tree

__all__ = [
    "Checkpoint",
    "Event",
    "FoldedComment",
    "Head",
    "Key",
    "Name",
    "Place",
    "StreamHead",
    "Text",
    "Tile",
    "Tree",
]


class Event(models.Model):
    """One entry of the trail.

    `body` holds the canonical bytes of the event without its hash, `hash` their SHA-256 in hexadecimal; the
    other columns repeat what the body says so that the database can search and compare. The body is what
    counts, and verification compares the two.
    """

    stream = models.UUIDField()
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    actor = models.UUIDField(null=True)
    role = models.CharField(max_length=40, blank=True)
    edition = models.CharField(max_length=64, blank=True)
    transition = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=60, blank=True)
    target = models.CharField(max_length=60, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)
    body = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="trail_event_stream_seq")]
        indexes = [
            models.Index(fields=["actor", "at"], name="trail_event_actor_at"),
            models.Index(fields=["at"], name="trail_event_at"),
            # What people look for, in the order in which it is shown.
            models.Index(fields=["kind", "at"], name="trail_event_kind_at"),
            models.Index(fields=["role", "at"], name="trail_event_role_at"),
            models.Index(fields=["edition", "at"], name="trail_event_edition_at"),
            models.Index(fields=["transition", "at"], name="trail_event_transition_at"),
            models.Index(fields=["target", "at"], name="trail_event_target_at"),
        ]

    def __str__(self) -> str:
        return f"{self.stream} {self.seq} {self.kind}"

    @property
    def content(self) -> dict[str, Any]:
        """The whole event as the contract describes it, `hash` included."""
        from .content import content_of

        return content_of(bytes(self.body), self.hash)

    @property
    def data(self) -> dict[str, Any]:
        data: dict[str, Any] = self.content["data"]
        return data


class Head(models.Model):
    """The last event of a stream. Its row is the lock under which the stream grows."""

    stream = models.UUIDField(primary_key=True)
    seq = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.stream} {self.seq}"


class Text(models.Model):
    """Free text of an event. The event holds only its salted digest, so that the text can be erased by law
    while the chain still verifies."""

    stream = models.UUIDField()
    seq = models.PositiveIntegerField()
    field = models.CharField(max_length=20)
    salt = models.BinaryField()
    text = models.TextField(null=True)  # noqa: DJ001 - null is "erased", empty is "nothing was said"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq", "field"], name="trail_text_stream_seq_field")
        ]
        # Verification asks for all that is erased, and need not pass over all that is not.
        indexes = [
            models.Index(fields=["stream", "seq"], name="trail_text_erased", condition=models.Q(text=None))
        ]

    def __str__(self) -> str:
        return f"{self.stream} {self.seq} {self.field}"


class Name(models.Model):
    """What a person was called when they acted. Events hold `digest`; the name can be erased like any text."""

    digest = models.CharField(max_length=64, primary_key=True)
    actor = models.UUIDField(db_index=True)
    salt = models.BinaryField()
    name = models.TextField(null=True)  # noqa: DJ001 - null is "erased"

    class Meta:
        indexes = [models.Index(fields=["actor"], name="trail_name_erased", condition=models.Q(name=None))]

    def __str__(self) -> str:
        return self.name or self.digest


class FoldedComment(models.Model):
    """The comment of the event of row `event` as it is looked for (see `folding`). Triggers keep it: it comes with
    the comment and goes when that is erased. It proves nothing and no proof rests on it."""

    event = models.BigIntegerField(primary_key=True)
    folded = models.TextField()

    def __str__(self) -> str:
        return f"{self.event} {self.folded[:40]}"
