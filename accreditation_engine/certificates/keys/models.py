"""The public halves of keys that sign certificates, and their lives."""

from __future__ import annotations

import uuid
from typing import ClassVar

from cryptography import x509
from django.db import models
from django.db.models import Q

CREDENTIAL, PAPER = "credential", "paper"
USES = (CREDENTIAL, PAPER)


class SigningKey(models.Model):
    """A key that signs credentials or papers, one of each use at a time. The private half is a file outside the
    database.

    `public` is a multikey (Ed25519) for credentials; for papers it is the SHA-256 of the signer's certificate in
    hex, and `chain` holds that certificate and those that vouch for it, to the root, as PEM.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    use = models.CharField(max_length=12)
    public = models.CharField(max_length=64, unique=True)
    chain = models.TextField(default="")
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["use"], name="certificates_one_signing_key", condition=Q(retired_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.use} {self.public[:12]}"

    @property
    def certificates(self) -> tuple[x509.Certificate, ...]:
        """The signer's first, the root last; none for a key of credentials."""
        return tuple(x509.load_pem_x509_certificates(self.chain.encode())) if self.chain else ()
