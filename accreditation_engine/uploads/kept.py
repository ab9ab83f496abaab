"""A file that is kept for good beside what it was filed for, one row a version."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class KeptFile(models.Model):
    """One version, never written over. The event holds the digest of the name with `name_salt`. What was erased by
    law has neither name nor content any more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    name_salt = models.CharField(max_length=32, editable=False)
    path = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    filed_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name
