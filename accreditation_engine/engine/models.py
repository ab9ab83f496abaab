"""Editions of definitions, the schemes that are open, and what every subject of a workflow has in common."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models

from .jobs.models import PeriodicRun

__all__ = ["Edition", "PeriodicRun", "Scheme", "Serial", "Subject"]


class Edition(models.Model):
    """One immutable version of a definition, known by the SHA-256 of its canonical form."""

    hash = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=10)  # rubric | workflow
    name = models.CharField(max_length=60)
    label = models.CharField(max_length=40)
    content = models.BinaryField()
    stored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "name"], name="engine_edition_name")]

    def __str__(self) -> str:
        return f"{self.name} {self.label}"


class Scheme(models.Model):
    """Which edition of a workflow new subjects are opened under."""

    name = models.CharField(max_length=60, primary_key=True)
    subject = models.CharField(max_length=60)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT)
    stream = models.UUIDField(default=uuid.uuid4, editable=False)

    def __str__(self) -> str:
        return self.name


class Serial(models.Model):
    """The last number given in a series: dossiers and certificates of a scheme and year."""

    series = models.CharField(max_length=60, primary_key=True)
    value = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.series}-{self.value}"


class Subject(models.Model):
    """What moves through a workflow. The database refuses a state here that no event explains.

    `state_seq` is the event that last spoke of the state, `entered_seq` the one that entered it (they differ
    after a transition that returns to its own state), `deadline_at` when the system moves it by itself.
    """

    # How a query gets from a subject to what roles hang on; subclasses that lie elsewhere say so.
    scheme_path: ClassVar[str] = "scheme"
    organisation_path: ClassVar[str] = "organisation"
    dossier_path: ClassVar[str] = "pk"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=60)
    state_seq = models.PositiveIntegerField()
    entered_seq = models.PositiveIntegerField()
    entered_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["state"], name="%(class)s_state"),
            models.Index(fields=["deadline_at"], name="%(class)s_deadline"),
        ]

    def opening(self) -> Mapping[str, Any]:
        """What the first event keeps of the subject beside its state: what it is, and to whom it belongs."""
        return {}
