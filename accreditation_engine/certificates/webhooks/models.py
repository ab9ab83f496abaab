"""Who is told of certificates, and each time that they are."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models


class Endpoint(models.Model):
    """An address that is told of every certificate that is issued or changes while it stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    url = models.URLField(max_length=500)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "certificates_webhook"

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """One thing that is told to one endpoint: the certificate as of its event `seq`.

    `next_at` is when it is tried (again); None once it has arrived or was given up. `tries` counts since it was
    last asked for, `status` is what the other side answered last, `error` why there was no answer, in a code.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    certificate = models.ForeignKey("certificates.Certificate", on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=40, default="")

    class Meta:
        db_table = "certificates_webhookdelivery"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["endpoint", "certificate", "seq"], name="certificates_webhook_told_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at"], name="certificates_webhook_due", condition=models.Q(next_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.seq}"
