"""Certificates: what was issued to whom on which decision."""

from __future__ import annotations

from typing import Any

from django.db import models

from accreditation_engine.dossiers.models import Dossier, OfDossier
from accreditation_engine.dossiers.scope import LONGEST, Scope

from .finished.models import Paper, StatusList
from .keys.models import SigningKey
from .scope_change.models import ScopeChange
from .upkeep.models import Upkeep, UpkeepFile
from .webhooks.models import Delivery, Endpoint

__all__ = [
    "Certificate",
    "Delivery",
    "Endpoint",
    "Paper",
    "ScopeChange",
    "SigningKey",
    "StatusList",
    "Upkeep",
    "UpkeepFile",
]


class Certificate(OfDossier):
    """A certificate and its life, a workflow of its own.

    `areas` is what the score sheet said when it was issued: [{"id": area, "percent": text or null}, ...]; it
    and the outcome belong to the edition of the dossier, which explains their words. The holder's names and number
    are those of the day of issue, whatever the organisation is called since; they are "" on certificates of before
    this was kept. The scope is what it covers now, and `paper_due` the version of its paper that says so.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="certificates")
    number = models.CharField(max_length=40, unique=True)
    holder_ar = models.CharField(max_length=200, default="", db_default="")
    holder_en = models.CharField(max_length=200, default="", db_default="")
    holder_number = models.CharField(max_length=40, default="", db_default="")
    rubric = models.CharField(max_length=60)
    outcome = models.CharField(max_length=60)
    areas = models.JSONField()
    issued_on = models.DateField()
    valid_until = models.DateField(null=True)
    decided_seq = models.PositiveIntegerField()
    scope_ar = models.CharField(max_length=LONGEST, default="", db_default="")
    scope_en = models.CharField(max_length=LONGEST, default="", db_default="")
    paper_due = models.PositiveIntegerField(default=1, db_default=1)

    def __str__(self) -> str:
        return self.number

    @property
    def scope(self) -> Scope:
        return Scope(self.scope_ar, self.scope_en)

    def opening(self) -> dict[str, Any]:
        return {
            "dossier": str(self.dossier_id),
            "number": self.number,
            "holder_ar": self.holder_ar,
            "holder_en": self.holder_en,
            "holder_number": self.holder_number,
            "rubric": self.rubric,
            "outcome": self.outcome,
            "areas": self.areas,
            "issued_on": self.issued_on.isoformat(),
            "valid_until": self.valid_until.isoformat() if self.valid_until else None,
            "decided_seq": self.decided_seq,
        }


class Line(models.Model):
    """A certificate as the register looks for it: lines with higher numbers were issued later.

    `words` are all names and numbers by which it is found, folded (`register/folding.py`), a line each. The others
    repeat what stands elsewhere, so that one table answers whatever is asked together; `edition`, `state` and
    `deadline_at` are copied by the database itself whenever the certificate moves.
    """

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="line")
    words = models.TextField()
    scheme = models.CharField(max_length=60)
    country = models.CharField(max_length=2)
    edition = models.CharField(max_length=64)
    state = models.CharField(max_length=60)
    deadline_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["scheme", "id"], name="line_scheme"),
            models.Index(fields=["country", "id"], name="line_country"),
        ]

    def __str__(self) -> str:
        return self.words.partition("\n")[0]
