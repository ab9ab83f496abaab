"""What is known of a reviewer before any draw."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ReviewerProfile(models.Model):
    """What a reviewer takes, in codes: `languages` (Written), `sectors` (Sector) and `countries` (ISO 3166-1, two
    letters), of which an empty list takes all; `most`, how many reviews they write at a time, None without a
    limit; and whether they are a `senior`. Whoever has no profile takes everything and is no senior."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="reviewer_profile"
    )
    languages = models.JSONField(default=list)
    sectors = models.JSONField(default=list)
    countries = models.JSONField(default=list)
    most = models.PositiveSmallIntegerField(null=True)
    senior = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.person_id}"


class Leave(models.Model):
    """Days on which somebody reviews nothing, both ends included. Why lies beside the person's event `seq`."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="leaves")
    seq = models.PositiveIntegerField()
    begins_on = models.DateField()
    ends_on = models.DateField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["begins_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "seq"], name="one_leave_an_event"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="leave_ends_after"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.begins_on}"
