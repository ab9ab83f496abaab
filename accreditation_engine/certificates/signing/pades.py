"""Signing a paper so that nothing of it can be changed any more: PAdES, ETSI EN 319 142-1, level B-B.

The signature certifies the document and permits no change after it (ISO 32000-1, 12.8.2.2, P = 1). Neither a clock
nor chance has a part in it, unless the key lies in a token, which signs by chance: the same paper, signature and
moment make the same bytes.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

from asn1crypto.algos import SignedDigestAlgorithm
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from .apart import apart
from .identity import SignsPapers

FIELD = "Signature"
ECDSA = SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"})
BESIDE_CERTIFICATES = 1_536
"""Bytes kept free for the signature beside its certificates; it takes about 700."""


def signed(paper: bytes, who: SignsPapers, *, at: datetime, by: str) -> bytes:
    """`paper` with the signature of `who`, said to be made `at` (aware) `by` the body of that name."""
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=by,
    )
    writer = _Writer(BytesIO(paper), sha256(paper).digest()[:16])
    signing, result = _Signing(metadata, _Signer(who), at=at), BytesIO()
    apart(lambda: signing.sign_pdf(writer, output=result, bytes_reserved=_digits_reserved(who)))
    return result.getvalue()


def as_asn1(certificate: x509.Certificate) -> Certificate:
    return Certificate.load(certificate.public_bytes(Encoding.DER))


def _digits_reserved(who: SignsPapers) -> int:
    """Hexadecimal digits: too few would not hold a long chain, and each one too many is read by whoever judges."""
    return 2 * (BESIDE_CERTIFICATES + sum(len(each.public_bytes(Encoding.DER)) for each in who.chain))


class _Signer(Signer):
    def __init__(self, who: SignsPapers) -> None:
        others = SimpleCertificateStore()
        others.register_multiple([as_asn1(each) for each in who.chain[1:]])
        super().__init__(signing_cert=as_asn1(who.chain[0]), cert_registry=others, signature_mechanism=ECDSA)
        self._who = who

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return self._who.sign(data)


class _Signing(PdfSigner):
    """A signing whose moment is given."""

    def __init__(self, metadata: PdfSignatureMetadata, signer: Signer, *, at: datetime) -> None:
        super().__init__(metadata, signer)
        self._at = at

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


class _Writer(IncrementalPdfFileWriter):
    """A writer that names the new revision by what it revises, and not by chance, and leaves the document's
    metadata as they were set: pyHanko would write into them what the clock says."""

    def __init__(self, paper: BytesIO, revision: bytes) -> None:
        super().__init__(paper)
        first, _random = self._document_id
        self._document_id = ArrayObject([first, ByteStringObject(revision)])

    def _update_meta(self) -> None:
        pass
