"""Imports of organisations that somebody asked for, row by row."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from accreditation_engine.organisations.importing.planning import What


class OrganisationImport(models.Model):
    """A file that was read. `begun_at` is when somebody said that it is to be taken in, `seen_at` when the process
    that does it last gave a sign of life. `notes` tells of the file what importing.words.notes says; `stopped` is
    the code of why it was given up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    notes = models.JSONField(default=dict)
    stopped = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """A row of the file, as it was planned, and once `done` as it was taken in. `line` is its number in the file;
    `values` what it says by field, `before` and `after` what changes, `reasons` what is wrong with it, as data."""

    of = models.ForeignKey(OrganisationImport, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    what = models.CharField(max_length=10, choices=What.choices)
    values = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    done = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "line"], name="import_row_once")]
        indexes = [models.Index(fields=["of", "what", "line"], name="import_row_what")]

    def __str__(self) -> str:
        return f"{self.of_id} {self.line}"
