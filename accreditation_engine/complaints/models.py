"""Complaints. What was written lies beside their events, as salted text that can be erased by law."""

from __future__ import annotations

from typing import Any

from django.db import models

from accreditation_engine.certificates.models import Upkeep
from accreditation_engine.dossiers.models import Dossier, OfDossier
from accreditation_engine.uploads.kept import NumberedFile


class Complaint(OfDossier):
    """A concern about the organisation of a dossier on which a certificate was issued, and its life, a workflow of
    its own. `about` is a criterion of the code of conduct, "" where none fits; `receipt` is the SHA-256 of the
    secret by which whoever raised it finds it again. `audit` is the special audit that was called for because of
    it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="complaints")
    number = models.CharField(max_length=40, unique=True)
    about = models.CharField(max_length=60, blank=True)
    happened_on = models.DateField(null=True)
    receipt = models.CharField(max_length=64, unique=True)
    audit = models.OneToOneField(
        Upkeep, null=True, on_delete=models.PROTECT, related_name="concern", editable=False
    )

    def __str__(self) -> str:
        return self.number

    def opening(self) -> dict[str, Any]:
        return {
            "dossier": str(self.dossier_id),
            "number": self.number,
            "about": self.about,
            "happened_on": self.happened_on.isoformat() if self.happened_on else None,
            "receipt": self.receipt,
        }


class ComplaintFile(NumberedFile):
    """A file that came with what somebody wrote: `came_with` is the number of the event beside which that text
    lies. Nobody whom the site knows filed what a stranger sent."""

    kept_for = "complaint"

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="files")
    came_with = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "seq"], name="one_complaint_file_an_event")
        ]

    def said(self) -> dict[str, Any]:
        return {**super().said(), "came_with": self.came_with}
