"""Whether a paper is as it was signed, and by whom: what pyHanko finds, in our words.

Only what holds in every respect holds: the bytes, the signature, the signer's certificate up to a root that is
trusted, and that nothing at all was added afterwards, not even what PDF would let pass.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Literal

from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from .apart import apart
from .pades import as_asn1

logging.getLogger("pyhanko").setLevel(
    logging.CRITICAL
)  # a forged paper is an answer here, and no fault of the site

Verdict = Literal["holds", "unreadable", "unsigned", "changed", "appended", "not_sealed", "untrusted"]


@dataclass(frozen=True)
class Judgement:
    """`signed_at` and `signer` (SHA-256 of the certificate, in hex) are what the paper says; where it holds, they
    are true."""

    verdict: Verdict
    signed_at: datetime | None = None
    signer: str = ""


def judged(paper: bytes, roots: Iterable[x509.Certificate]) -> Judgement:
    """What the one signature of `paper` is worth to whoever trusts `roots`. The signer's certificate must have
    been valid when it was signed; whether its key was still in use then, the site knows."""
    try:
        return apart(lambda: _judged(paper, [as_asn1(each) for each in roots]))
    except Exception:  # whoever made the file may have broken it in any way
        return Judgement("unreadable")


def _judged(paper: bytes, roots: list[object]) -> Judgement:
    reader = PdfFileReader(BytesIO(paper), strict=True)
    signatures = reader.embedded_signatures
    if not signatures:
        return Judgement("unsigned")
    first = signatures[0]
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=first.self_reported_timestamp)
    status = validate_pdf_signature(first, context, skip_diff=True)
    signer = status.signing_cert.sha256.hex() if status.signing_cert else ""
    return Judgement(_verdict(first, status, len(signatures)), first.self_reported_timestamp, signer)


def _verdict(signature: EmbeddedPdfSignature, status: PdfSignatureStatus, many: int) -> Verdict:
    if not (status.intact and status.valid):
        return "changed"
    if many > 1 or status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        return "appended"
    if signature.docmdp_level is not MDPPerm.NO_CHANGES:
        return "not_sealed"
    return "holds" if status.trusted and status.bottom_line else "untrusted"
