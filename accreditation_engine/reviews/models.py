"""Reviewers' assignments, their ratings, and the findings that come of them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from accreditation_engine.dossiers.models import Dossier, Evidence, OfDossier

from .allocation.models import Leave, ReviewerProfile  # noqa: F401 - for Django to find
from .interests.models import (  # noqa: F401 - for Django to find
    Declaration,
    Interest,
    Objection,
    Override,
    TieWithdrawal,
)
from .questions.models import Question, QuestionFile  # noqa: F401 - for Django to find
from .report.models import Contest, ContestFile  # noqa: F401 - for Django to find
from .site_visits.models import Visit  # noqa: F401 - for Django to find


class Origin(models.TextChoices):
    """How a reviewer came to a review. Events that make one have the same words for their kind."""

    ASSIGNED = "assigned"
    CLAIMED = "claimed"
    DRAWN = "drawn"
    HANDED_OVER = "handed_over"


class Assignment(models.Model):
    """A reviewer's task to review one dossier. Open, then either sent, or over without that (`released_at`): given
    back, or handed over to somebody whose assignment then says so in `handed_over_from`.

    `due_at` is when the review is due, None where the workflow does not say."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    origin = models.CharField(
        max_length=12, choices=Origin.choices, default=Origin.ASSIGNED, db_default=Origin.ASSIGNED
    )
    assigned_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    handed_over_from = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="handed_over_to"
    )

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
    """A reviewer's answer to one criterion, as text: "3", "2.5", "not_applicable", "unable_to_verify".
    Events hold the note's digest with `note_salt`, "" before they did."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="ratings")
    rubric = models.CharField(max_length=60)
    criterion = models.CharField(max_length=60)
    value = models.CharField(max_length=24, blank=True)
    note = models.TextField(blank=True)
    note_salt = models.CharField(max_length=32, blank=True, default="", editable=False)
    note_erased_at = models.DateTimeField(null=True, editable=False)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "rubric", "criterion"], name="one_rating_a_criterion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.value}"


class Proposal(models.Model):
    """A rating that somebody proposes where reviewers are too far apart. The reason lies with the event `seq` of
    the dossier's trail. `closed_at`: withdrawn, replaced by a later one, or agreed."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="proposals")
    rubric = models.CharField(max_length=60)
    criterion = models.CharField(max_length=60)
    value = models.CharField(max_length=24)
    role = models.CharField(max_length=20)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "rubric", "criterion", "role"],
                condition=Q(closed_at=None),
                name="one_proposal_a_criterion",
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.value}"


class Consent(models.Model):
    """Somebody agrees with a proposal; whoever made it does by making it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="consents")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "person"], name="one_consent_a_person")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.person_id}"


class Agreed(models.Model):
    """The rating that counts for a criterion, in place of the mean of the reviews that were sent before it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="agreed")
    rubric = models.CharField(max_length=60)
    criterion = models.CharField(max_length=60)
    value = models.CharField(max_length=24)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="agreed")
    agreed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["dossier", "rubric", "criterion"], name="agreed_criterion")]

    def __str__(self) -> str:
        return f"{self.criterion} {self.value}"


class Finding(OfDossier):
    """A nonconformity or an observation. Its life is a workflow of its own.

    `rating` is what raised it by a rule of the rubric, "" where a reviewer did; the text then lies with its first
    event. `evidence` names the files it rests on by their SHA-256. `owner` is who sees to the corrective action:
    a member of the organisation, or nobody in particular.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="findings")
    rubric = models.CharField(max_length=60)
    criterion = models.CharField(max_length=60)
    severity = models.CharField(max_length=20)
    rating = models.CharField(max_length=24, blank=True)
    evidence = models.JSONField(default=list)
    due_on = models.DateField(null=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="findings"
    )

    def __str__(self) -> str:
        return f"{self.severity} {self.criterion}"

    def opening(self) -> dict[str, Any]:
        return {
            "dossier": str(self.dossier_id),
            "rubric": self.rubric,
            "criterion": self.criterion,
            "severity": self.severity,
            "rating": self.rating,
            "evidence": self.evidence,
            "due_on": self.due_on.isoformat() if self.due_on else None,
        }

    @property
    def number(self) -> str:
        return self.dossier.number


class Correction(models.Model):
    """A file that shows what was done about a finding."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="corrections")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "evidence"], name="one_file_a_correction")]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.evidence_id}"
