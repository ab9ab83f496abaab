"""Making a paper: type with the credential in it, signature, and the judgement of what came out."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accreditation_engine.certificates.credential.integrity import ProofRefused, check
from accreditation_engine.certificates.models import Certificate, Paper
from accreditation_engine.certificates.signing.identity import Identity

from .certified import read, signed_credential
from .content import from_kept

ATTACHED = "credential.json"
MEDIA_TYPE = "application/vc"


class PaperWrong(Exception):  # noqa: N818 - said of a paper
    """What came out would not convince a stranger. The message says what is wrong with it; nothing is kept."""


def make(certificate: Certificate, paper: Paper, key: Ed25519PrivateKey, identity: Identity) -> bytes:
    """The file of `paper`, whose row says all but its credential and digest; the credential is set on the way. The
    same row and keys make the same bytes.

    Raises PaperWrong where the result does not hold, TypesettingError where the page cannot be set.
    """
    # What sets, draws and parses PDF takes more than half a second to load, which most processes never need.
    from accreditation_engine.certificates.paper.typesetting import Attachment
    from accreditation_engine.certificates.signing.pades import signed

    from .template import page_of

    paper.credential = signed_credential(certificate, paper, key)
    content = from_kept(paper.content)
    credential = Attachment(
        ATTACHED,
        paper.credential.encode(),
        MEDIA_TYPE,
        "الشهادة في صيغة تقرؤها البرامج / The certificate as a verifiable credential",
    )
    page = page_of(content, certificate.scheme, [credential])
    file = signed(page, identity, at=paper.made_at, by=content.body.en)
    _must_hold(file, paper, key, identity)
    return file


def _must_hold(file: bytes, paper: Paper, key: Ed25519PrivateKey, identity: Identity) -> None:
    from accreditation_engine.certificates.signing.judging import judged

    judgement = judged(file, [identity.root])
    if judgement.verdict != "holds" or judgement.signer != paper.paper_key.public:
        raise PaperWrong(f"the signature does not convince: {judgement.verdict}")
    try:
        check(read(paper.credential), key.public_key())
    except ProofRefused as refused:
        raise PaperWrong(f"the credential does not convince: {refused}") from refused
