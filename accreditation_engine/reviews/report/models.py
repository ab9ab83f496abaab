"""What the organisation contests in a report, and how that was answered. Words lie beside the events whose numbers
these rows bear."""

from __future__ import annotations

from django.db import models

from accreditation_engine.dossiers.models import Dossier, Evidence


class Contest(models.Model):
    """One point: a finding, a criterion, or ("" for both) the decision as a whole. Open until it is answered, in
    `answered_role`, for the organisation (`accepted`) or not."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="contests")
    rubric = models.CharField(max_length=60, blank=True)
    criterion = models.CharField(max_length=60, blank=True)
    finding = models.ForeignKey(
        "reviews.Finding", null=True, on_delete=models.PROTECT, related_name="contests"
    )
    seq = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    answered_seq = models.PositiveIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_role = models.CharField(max_length=40, blank=True)
    accepted = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "seq"], name="one_contest_an_event")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.seq}"


class ContestFile(models.Model):
    """A file in evidence that shows why a point is wrong."""

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="files")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contest", "evidence"], name="one_file_a_contest")]

    def __str__(self) -> str:
        return f"{self.contest_id} {self.evidence_id}"
