"""Verifications of the whole trail that somebody asked for, and what came of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class VerificationRun(models.Model):
    """`open` while it waits or runs; the database lets one be. `seen_at` is when the process running it last gave
    a sign of life. `events` of `total` are recomputed so far. Of the `found` problems the first are kept as
    [stream, seq, code, detail]; `unprotected` names triggers that the database lacks. `error`: it broke off."""

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    open = models.BooleanField(default=True)
    total = models.PositiveBigIntegerField(default=0)
    events = models.PositiveBigIntegerField(default=0)
    streams = models.PositiveBigIntegerField(default=0)
    found = models.PositiveBigIntegerField(default=0)
    problems = models.JSONField(default=list)
    unprotected = models.JSONField(default=list)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["open"], condition=Q(open=True), name="one_verification_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_at} {self.found}"

    @property
    def right(self) -> bool:
        """Ended, and nothing was wrong."""
        return self.ended_at is not None and not (self.found or self.unprotected or self.error)
