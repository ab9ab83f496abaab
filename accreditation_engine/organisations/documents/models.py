"""Files of an organisation's profile."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models


class DocumentFile(models.Model):
    """One version of a document: `document` is its kind, one of organisations.profile.Document. The newest of a
    kind counts; those before stay on record. The event holds the digest of the name with `name_salt`. What was
    erased by law has neither name nor content any more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="documents"
    )
    document = models.CharField(max_length=20)
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
        indexes: ClassVar = [
            models.Index(fields=["organisation", "document", "filed_at"], name="organisations_document_files")
        ]

    def __str__(self) -> str:
        return self.name
