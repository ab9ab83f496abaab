"""The papers that were made for certificates."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from accreditation_engine.certificates.keys.models import SigningKey


class Paper(models.Model):
    """One version of a certificate's paper, as it was signed.

    `place` is its own in the status lists of its credential, counted through all lists. `content` is what the page
    was set from, `made_at` the moment of both signatures, to the second, `credential` the text that is attached,
    and `signature` the one on the paper, in hex ("" on papers of before it was kept, which their keys sign again):
    with them the same bytes are made again. `pdf` is the SHA-256 under which the file lies in the file store.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    certificate = models.ForeignKey(
        "certificates.Certificate", on_delete=models.PROTECT, related_name="papers"
    )
    version = models.PositiveIntegerField()
    place = models.PositiveBigIntegerField(unique=True)
    content = models.JSONField()
    credential = models.TextField()
    pdf = models.CharField(max_length=64)
    signature = models.TextField(default="", db_default="")
    made_at = models.DateTimeField()
    credential_key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")
    paper_key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["certificate", "version"], name="certificates_paper_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.version}"


class StatusList(models.Model):
    """A list of bits as it was signed last, for everybody: of withdrawn or of suspended certificates, as `purpose`
    says. Lists are counted from 0. The worker signs them, so that web machines need no key."""

    purpose = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    encoded = models.TextField()
    document = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purpose", "number"], name="certificates_status_list_once")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.number}"
