"""A file that is kept for good beside what it was filed for, one row a version."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from accreditation_engine.trail.salted import salted_digest


class KeptFile(models.Model):
    """One version, never written over. The event holds the digest of the name with `name_salt`. What was erased by
    law has neither name nor content any more. `kept_for` names the field of what it was filed for, in whose trail
    its events lie."""

    kept_for: ClassVar[str]

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

    @property
    def stream(self) -> uuid.UUID:
        stream: uuid.UUID = getattr(self, f"{self.kept_for}_id")
        return stream

    @property
    def event_seq(self) -> int:
        """The number of its event there; 0 where no row keeps it."""
        return 0

    def said(self) -> dict[str, Any]:
        """What its event says of it. People's names stand in names of files."""
        return {
            "file": str(self.pk),
            "sha256": self.sha256,
            "size": self.size,
            "media_type": self.media_type,
            "file_name": salted_digest(self.name_salt, self.name) if self.name_salt else "",
        }


class NumberedFile(KeptFile):
    """`seq` is the number of its event in the trail of what it was filed for."""

    seq = models.PositiveIntegerField()

    class Meta:
        abstract = True

    @property
    def event_seq(self) -> int:
        return self.seq
