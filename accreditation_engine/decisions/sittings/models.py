"""Sittings, as the events of their streams tell them. What a sitting is called and where it takes place was typed
freely: it lies beside the event `seq`, as the words of minutes lie beside theirs."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from accreditation_engine.dossiers.models import Dossier


class Sitting(models.Model):
    """A meeting of those who decide. `seq` is the event of its own stream that says last what it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    starts_at = models.DateTimeField()
    seq = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["starts_at"], name="sitting_starts_at")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d} {self.pk}"


class SittingScheme(models.Model):
    """A scheme whose dossiers a sitting may decide."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="schemes")
    scheme = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "scheme"], name="one_scheme_a_sitting")]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.scheme}"


class Convened(models.Model):
    """A member who is asked to come; and when they came and left, once that is written down."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="convened")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    came_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "member"], name="one_seat_a_member")]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.member_id}"


class AgendaItem(models.Model):
    """A dossier on the agenda; `place` counts from 1. It was put there at `added_at`, and has stayed since."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="agenda")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "dossier"], name="one_item_a_dossier")]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.place}"


MINUTED, ATTENDANCE_NOTED = "minuted", "attendance_noted"
"""The kinds of the events beside which minutes lie, and of those that say who came."""


class Minute(models.Model):
    """What is written down of one dossier at a sitting, beside the dossier's event `seq`; the latest counts."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="minutes")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="minutes")
    seq = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "seq"], name="one_minute_an_event")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.seq}"
