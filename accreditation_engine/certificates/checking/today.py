"""What the register says today of a certificate that was brought."""

from __future__ import annotations

from collections.abc import Iterator

from accreditation_engine.certificates.basis import basis_changed
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.replacing import replacing
from accreditation_engine.certificates.status import public_status
from accreditation_engine.definitions.public_status import PublicStatus

from .findings import Finding, Tone

TONES: dict[PublicStatus, Tone] = {
    "active": "good",
    "suspended": "warning",
    "cancelled": "bad",
    "withdrawn": "bad",
    "expired": "bad",
}


def today(certificate: Certificate) -> Iterator[Finding]:
    """Its standing, what took its place, and whether what it was decided on is as it was. Four queries at most."""
    status = public_status(certificate)
    yield Finding("standing", TONES[status], {"status": status})
    newer = replacing(certificate)
    if newer is not None:
        yield Finding("replaced", "info", {"number": newer.number})
    if basis_changed(certificate):
        yield Finding("basis_changed", "warning")
