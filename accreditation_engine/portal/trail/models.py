"""Who gets checkpoints by mail."""

from __future__ import annotations

import uuid

from django.db import models

from accreditation_engine.organisations.letters.models import Posting


class Subscriber(Posting):
    """Somebody who asked for checkpoints and confirmed it. The id is in the link by which they leave, and only
    there. As a posting it is the letter about the latest checkpoint; `sent_size` is the last one that was mailed,
    or may have been."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    language = models.CharField(max_length=5)
    confirmed_at = models.DateTimeField(auto_now_add=True)
    sent_size = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.email
