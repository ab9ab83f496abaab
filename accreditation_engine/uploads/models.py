"""Files of which only a part has come so far."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class Arriving(models.Model):
    """A file that comes in pieces. `owner` is the id of whoever sends it, `place` what it is for, in the words of
    the page that takes it. `sha256` is "" until it came whole and was taken; then its pieces are gone, and the row
    stays until `expires_at` for those whose answer was lost."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.UUIDField()
    place = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    offset = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "place"], name="arriving_owner_place")]

    def __str__(self) -> str:
        return f"{self.offset}/{self.size} {self.id}"


class Piece(models.Model):
    """`size` bytes from `start` on, that lie at `path` in the file store."""

    arriving = models.ForeignKey(Arriving, on_delete=models.CASCADE, related_name="pieces")
    start = models.PositiveBigIntegerField()
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["arriving", "start"], name="one_piece_from_there")]

    def __str__(self) -> str:
        return self.path
