"""What strangers read of a certificate today (docs/decisions/040)."""

from __future__ import annotations

from datetime import datetime

from accreditation_engine.definitions.public_status import PublicStatus
from accreditation_engine.engine.compiled import compiled

from .models import Certificate
from .standing import standing_of

HELD: frozenset[PublicStatus] = frozenset({"active", "suspended"})
"""While it stands so, it may yet count; afterwards it never does again."""


def public_status(certificate: Certificate, now: datetime | None = None) -> PublicStatus:
    """No query. `now` is this moment where none is given."""
    workflow = compiled(certificate.edition_id).workflow
    return workflow.status_in_public(standing_of(certificate, now=now))
