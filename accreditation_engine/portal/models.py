"""What the pages keep for themselves: failed attempts to sign in, a week at most, and who was here when."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .auditor.verifying.models import VerificationRun
from .together.models import Batch, BatchFile
from .trail.models import Subscriber

__all__ = ["Batch", "BatchFile", "SignInFailure", "Subscriber", "VerificationRun", "Visit"]


class SignInFailure(models.Model):
    """One attempt of what may be tried so often only. `key` is the digest of who was meant and from where; neither
    can be read from it."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="portal_failure_key_at")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.at}"


class Visit(models.Model):
    """When somebody last looked at home, and the end of the visit `before` this one."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True)
    last = models.DateTimeField()
    before = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person_id} {self.last}"
