"""Visits of a dossier. What was said in words lies beside the events whose numbers these rows bear."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accreditation_engine.dossiers.models import Dossier


class VisitKind(models.TextChoices):
    ON_SITE = "on_site"
    REMOTE = "remote"


class Visit(models.Model):
    """Reviewers see an organisation, or one `unit` of it (a branch, a programme; "" for the organisation itself).

    It was planned with the event `seq`; its place or link lies beside the event `place_seq`, what will be looked
    at beside `agenda_seq`. Times are shown in `zone` (an IANA name), where those stand who meet. `people` are the
    ids of those who go, `attended` of those who were there. `confirmed_at`: the organisation has agreed to what
    was set at `timed_at`; `asked_seq`: it has asked for another date. Then it is held and closed, or cancelled.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="visits")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=VisitKind.choices)
    unit = models.CharField(max_length=200, blank=True)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    people = models.JSONField(default=list)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    timed_at = models.DateTimeField()
    place_seq = models.PositiveIntegerField()
    agenda_seq = models.PositiveIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    asked_seq = models.PositiveIntegerField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    attended = models.JSONField(default=list)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "seq"], name="one_visit_an_event"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="visit_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(held_at=None), name="visit_held_or_cancelled"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.seq}"
