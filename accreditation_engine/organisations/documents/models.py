"""Files of an organisation's profile."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from accreditation_engine.uploads.kept import KeptFile


class DocumentFile(KeptFile):
    """One version of a document: `document` is its kind, one of organisations.profile.Document. The newest of a
    kind counts; those before stay on record."""

    kept_for = "organisation"

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="documents"
    )
    document = models.CharField(max_length=20)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "document", "filed_at"], name="organisations_document_files")
        ]

    def said(self) -> dict[str, Any]:
        return {**super().said(), "document": self.document}
