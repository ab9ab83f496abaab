"""Who gets checkpoints by mail."""

from __future__ import annotations

import uuid

from django.db import models


class Subscriber(models.Model):
    """Somebody who asked for checkpoints and confirmed it. The id is in the link by which they leave, and only
    there. `sent_size` is the last checkpoint that was mailed; `failures` counts those in a row that were not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    language = models.CharField(max_length=5)
    confirmed_at = models.DateTimeField(auto_now_add=True)
    sent_size = models.BigIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.email
