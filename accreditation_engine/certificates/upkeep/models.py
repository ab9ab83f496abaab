"""One thing that is asked of the holder of a certificate while it is valid."""

from __future__ import annotations

from typing import Any, Literal

from django.db import models

from accreditation_engine.dossiers.models import Dossier, OfDossier
from accreditation_engine.uploads.kept import NumberedFile

Kind = Literal["surveillance", "yearly_filing", "special_audit"]


class Upkeep(OfDossier):
    """Its life is a workflow of its own; why it is asked for, where somebody said so, lies with its first event.

    It is called for when `call_on` is over at the latest, and the organisation files what is asked by the end of
    `due_on`.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="upkeep")
    certificate = models.ForeignKey(
        "certificates.Certificate", on_delete=models.PROTECT, related_name="upkeep"
    )
    kind = models.CharField(max_length=20)
    call_on = models.DateField()
    due_on = models.DateField()

    class Meta(OfDossier.Meta):
        indexes = [
            models.Index(fields=["state"], name="upkeep_state"),
            models.Index(fields=["deadline_at"], name="upkeep_deadline"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"

    def opening(self) -> dict[str, Any]:
        return {
            "dossier": str(self.dossier_id),
            "certificate": str(self.certificate_id),
            "kind": self.kind,
            "call_on": self.call_on.isoformat(),
            "due_on": self.due_on.isoformat(),
        }

    @property
    def number(self) -> str:
        return self.dossier.number


class UpkeepFile(NumberedFile):
    """A file with what the organisation files: an annual report, accounts, minutes. `document` is the
    kind of the document of its profile that it was taken from. Taken back, before it was handed in, it stays on
    record."""

    kept_for = "upkeep"

    upkeep = models.ForeignKey(Upkeep, on_delete=models.PROTECT, related_name="files")
    document = models.CharField(max_length=20, blank=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upkeep", "seq"], name="one_upkeep_file_an_event")]

    def said(self) -> dict[str, Any]:
        return {**super().said(), "document": self.document}
