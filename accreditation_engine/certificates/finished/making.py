"""Making a paper: type with the credential in it, signature, and the judgement of what came out."""

from __future__ import annotations

from accreditation_engine.certificates.credential.integrity import ProofRefused, SignsCredentials, check
from accreditation_engine.certificates.models import Certificate, Paper
from accreditation_engine.certificates.signing.identity import SignsPapers
from accreditation_engine.certificates.signing.kept import Heard, Kept

from .certified import read, signed_credential
from .content import from_kept

ATTACHED = "credential.json"
MEDIA_TYPE = "application/vc"


class PaperWrong(Exception):  # noqa: N818 - said of a paper
    """What came out would not convince a stranger. The message says what is wrong with it; nothing is kept."""


def make(certificate: Certificate, paper: Paper, key: SignsCredentials, who: SignsPapers) -> bytes:
    """The file of `paper`, whose row says all but its credential, signature and digest; the first two are set
    on the way.

    Raises PaperWrong where the result does not hold, TypesettingError where the page cannot be set, KeyUnusable
    where a token does not sign.
    """
    paper.credential = signed_credential(certificate, paper, key)
    heard = Heard(who)
    file = _signed_page(certificate, paper, heard)
    paper.signature = heard.signature.hex()
    _must_hold(file, paper, key, who)
    return file


def make_again(certificate: Certificate, paper: Paper) -> bytes:
    """The file as it was, from the row alone, which keeps its signatures: no key is asked for. Whoever asks
    compares it with the digest."""
    return _signed_page(
        certificate, paper, Kept(bytes.fromhex(paper.signature), paper.paper_key.certificates)
    )


def _signed_page(certificate: Certificate, paper: Paper, who: SignsPapers) -> bytes:
    # What sets, draws and parses PDF takes more than half a second to load, which most processes never need.
    from accreditation_engine.certificates.paper.typesetting import Attachment
    from accreditation_engine.certificates.signing.pades import signed

    from .template import page_of

    content = from_kept(paper.content)
    credential = Attachment(
        ATTACHED,
        paper.credential.encode(),
        MEDIA_TYPE,
        "الشهادة في صيغة تقرؤها البرامج / The certificate as a verifiable credential",
    )
    page = page_of(content, certificate.scheme, [credential])
    return signed(page, who, at=paper.made_at, by=content.body.en)


def _must_hold(file: bytes, paper: Paper, key: SignsCredentials, who: SignsPapers) -> None:
    from accreditation_engine.certificates.signing.judging import judged

    judgement = judged(file, [who.chain[-1]])
    if judgement.verdict != "holds" or judgement.signer != paper.paper_key.public:
        raise PaperWrong(f"the signature does not convince: {judgement.verdict}")
    try:
        check(read(paper.credential), key.public_key())
    except ProofRefused as refused:
        raise PaperWrong(f"the credential does not convince: {refused}") from refused
