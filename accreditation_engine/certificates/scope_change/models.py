"""A request for another scope of a certificate."""

from __future__ import annotations

from typing import Any, Literal

from django.db import models

from accreditation_engine.dossiers.models import Dossier, OfDossier
from accreditation_engine.dossiers.scope import LONGEST, Scope

Initiative = Literal["holder", "body"]


class ScopeChange(OfDossier):
    """Its life is a workflow of its own; why it is asked for lies with its events. `before` is what the
    certificate covered when it was asked; the words that are asked for may be mended while the holder has it
    back."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="scope_changes")
    certificate = models.ForeignKey(
        "certificates.Certificate", on_delete=models.PROTECT, related_name="scope_changes"
    )
    initiative = models.CharField(max_length=10)
    before_ar = models.CharField(max_length=LONGEST)
    before_en = models.CharField(max_length=LONGEST)
    scope_ar = models.CharField(max_length=LONGEST, default="")
    scope_en = models.CharField(max_length=LONGEST, default="")

    class Meta(OfDossier.Meta):
        indexes = [
            models.Index(fields=["state"], name="scope_change_state"),
            models.Index(fields=["deadline_at"], name="scope_change_deadline"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} {self.certificate_id}"

    def opening(self) -> dict[str, Any]:
        return {
            "dossier": str(self.dossier_id),
            "certificate": str(self.certificate_id),
            "initiative": self.initiative,
            "before_ar": self.before_ar,
            "before_en": self.before_en,
        }

    @property
    def before(self) -> Scope:
        return Scope(self.before_ar, self.before_en)

    @property
    def wanted(self) -> Scope:
        return Scope(self.scope_ar, self.scope_en)

    @property
    def number(self) -> str:
        return self.dossier.number
