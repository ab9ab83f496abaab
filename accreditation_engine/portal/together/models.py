"""What somebody has asked for many files at once, file by file."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class Batch(models.Model):
    """A `step` for many files, or with "" a draw of reviewers for each. `seen_at` is when the process that does it
    last gave a sign of life. The `comment` lies with the events of what was
    done, and stays here while it was not done for all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    step = models.CharField(max_length=60, blank=True)
    comment = models.TextField(blank=True)
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.step} {self.asked_at}"


class BatchFile(models.Model):
    """One of the files, in their order. `so_far` is how many assignments the drawer knew of. `done` is None until
    its turn; `reasons` say, as data, why it was refused, `came` what a draw came to."""

    of = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="files")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    so_far = models.PositiveIntegerField(null=True)
    done = models.BooleanField(null=True)
    reasons = models.JSONField(default=list)
    came = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "dossier"], name="batch_file_once")]

    def __str__(self) -> str:
        return f"{self.of_id} {self.dossier_id}"
