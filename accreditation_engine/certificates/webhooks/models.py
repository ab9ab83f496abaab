"""Who is told of what happens, and each time that they are."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models


class Endpoint(models.Model):
    """An address that is told of what happens while it stands, of the kinds in `types`.

    It is the `organisation`'s and told what the organisation sees of its own; or the body's, where there is none,
    and told what is public and what `made_by` may read. Of what happened before `looked_at` it was told, or is
    being told. `secret_number` counts the secrets that it had.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    url = models.URLField(max_length=500)
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, on_delete=models.PROTECT, related_name="webhooks"
    )
    types = models.JSONField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField()
    secret_number = models.PositiveSmallIntegerField(default=0)
    secret_changed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "certificates_webhook"

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """One thing that is told to one endpoint: event `seq` of `stream`, which happened `at`, as a message of
    `type`. `number` is by what people know it: a certificate's, or a file's.

    `next_at` is when it is tried (again); None once it has arrived or was given up. `tries` counts since it was
    last asked for, `status` is what the other side answered last, `error` why there was no answer, in a code.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    type = models.CharField(max_length=40)
    stream = models.UUIDField()
    seq = models.PositiveIntegerField()
    number = models.CharField(max_length=40)
    at = models.DateTimeField()
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
                fields=["endpoint", "stream", "seq"], name="certificates_webhook_told_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at"], name="certificates_webhook_due", condition=models.Q(next_at__isnull=False)
            ),
            models.Index(fields=["endpoint", "at"], name="certificates_webhook_at"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.number}"
