"""What the pages keep for themselves: failed attempts to sign in and what else is counted, for a week at most."""

from __future__ import annotations

from django.db import models

from .auditor.verifying.models import VerificationRun
from .together.models import Batch, BatchFile
from .trail.models import Subscriber

__all__ = ["Batch", "BatchFile", "SignInFailure", "Subscriber", "VerificationRun"]


class SignInFailure(models.Model):
    """One attempt of what may be tried so often only. `key` is the digest of who was meant and from where; neither
    can be read from it."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="portal_failure_key_at")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.at}"
