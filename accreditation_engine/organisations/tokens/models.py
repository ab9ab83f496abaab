"""Tokens of programs."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class ApiToken(models.Model):
    """What a program of somebody's proves with whose program it is. The secret is not kept, only its SHA-256:
    `mark` is the part of it by which its owner and this table know it. It does what `scopes` say and its owner
    may. A token that is ended is no row any more; `last_used_on` is right to a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    mark = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    scopes = models.JSONField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.mark

    @property
    def expired(self) -> bool:
        return self.expires_at <= timezone.now()
