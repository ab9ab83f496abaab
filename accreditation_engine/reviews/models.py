"""Reviewers' assignments, their ratings, and the findings that come of them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.models import Subject


class Assignment(models.Model):
    """A reviewer's task to review one dossier. Open, then either sent or given back (released)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    assigned_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "reviewer"],
                condition=Q(released_at=None),
                name="one_assignment_a_reviewer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.reviewer_id}"


class Rating(models.Model):
    """A reviewer's answer to one criterion, as text: "3", "2.5", "not_applicable", "unable_to_verify"."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="ratings")
    rubric = models.CharField(max_length=60)
    criterion = models.CharField(max_length=60)
    value = models.CharField(max_length=24, blank=True)
    note = models.TextField(blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "rubric", "criterion"], name="one_rating_a_criterion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.value}"


class Finding(Subject):
    """A nonconformity or an observation. Its life is a workflow of its own."""

    scheme_path = "dossier__scheme"
    organisation_path = "dossier__organisation"
    dossier_path = "dossier"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="findings")
    rubric = models.CharField(max_length=60)
    criterion = models.CharField(max_length=60)
    severity = models.CharField(max_length=20)
    due_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.severity} {self.criterion}"

    def opening(self) -> dict[str, Any]:
        return {
            "dossier": str(self.dossier_id),
            "rubric": self.rubric,
            "criterion": self.criterion,
            "severity": self.severity,
            "due_on": self.due_on.isoformat() if self.due_on else None,
        }

    @property
    def scheme(self) -> str:
        return self.dossier.scheme

    @property
    def organisation_id(self) -> object:
        return self.dossier.organisation_id

    @property
    def number(self) -> str:
        return self.dossier.number
