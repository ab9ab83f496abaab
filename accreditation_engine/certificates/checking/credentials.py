"""A credential that somebody brings: whether we signed it, and whether the register says the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from accreditation_engine.certificates.credential import integrity
from accreditation_engine.certificates.credential.integrity import ProofRefused
from accreditation_engine.certificates.credential.multikey import from_multikey
from accreditation_engine.certificates.finished.content import content_of, from_kept
from accreditation_engine.certificates.finished.finishing import current_paper
from accreditation_engine.certificates.keys.models import CREDENTIAL, SigningKey
from accreditation_engine.certificates.models import Certificate, Paper
from accreditation_engine.certificates.queries import certificate_by_number

from .findings import Checked, Finding, bad, good
from .json_text import NotPlainJson, read_object
from .today import today

STATUS_LIST = "BitstringStatusListCredential"
SPOKEN_OF = (
    "number",
    "holder",
    "registration_number",
    "title",
    "outcome",
    "issued_on",
    "valid_until",
    "areas",
    "scope",
)
"""What a stranger reads on a certificate."""


def check_credential(content: bytes) -> Checked:
    try:
        document = read_object(content)
    except NotPlainJson:
        return Checked((bad("no_credential"),))
    certificate = _spoken_of(document)
    signed = _signed(document)
    if signed.tone == "bad":
        return Checked((signed,), certificate)
    paper = _paper(document, certificate)
    if paper is None and _is_status_list(document):
        return Checked((signed, bad("status_list")))
    if paper is None or certificate is None:
        return Checked((signed, bad("not_in_register")), certificate)
    found = [signed, good("credential_in_register", version=paper.version), *as_the_register_says(paper)]
    return Checked((*found, *today(certificate)), certificate)


def as_the_register_says(paper: Paper) -> Iterator[Finding]:
    """Where `paper` is an older version, and where the register says something else by now than it did."""
    newest = current_paper(paper.certificate)
    if newest is not None and newest.version > paper.version:
        facts = {"version": paper.version, "newest": newest.version}
        yield Finding("older_version", "bad", facts)
        return
    said, says = from_kept(paper.content), content_of(paper.certificate)
    other = tuple(each for each in SPOKEN_OF if getattr(said, each) != getattr(says, each))
    if other:
        yield bad("register_differs", what=other)


def proof_of(document: dict[str, Any]) -> str:
    """Why the proof of `document` does not hold: "" where one of our keys signed it while it was in use."""
    try:
        method = integrity.method_of(document)
        key = SigningKey.objects.filter(use=CREDENTIAL, public=method.rpartition("#")[2][:64]).first()
        if key is None:
            return "foreign_proof"
        integrity.check(document, from_multikey(key.public))
    except ProofRefused as refused:
        return refused.why
    return "" if in_use(key, _created(document)) else "key_not_in_use"


def in_use(key: SigningKey, at: datetime | None) -> bool:
    """Whether the key signed for us then; moments that are signed are kept to the second."""
    if at is None or at < key.made_at.replace(microsecond=0):
        return False
    return key.retired_at is None or at <= key.retired_at


def _created(document: dict[str, Any]) -> datetime | None:
    try:
        created = datetime.fromisoformat(document["proof"]["created"])
    except (KeyError, TypeError, ValueError):
        return None
    return created if created.tzinfo else None


def _signed(document: dict[str, Any]) -> Finding:
    why = proof_of(document)
    return bad(why) if why else good("proof_holds", at=_created(document))


def _spoken_of(document: dict[str, Any]) -> Certificate | None:
    """The certificate in the register whose number `document` bears."""
    try:
        number = document["credentialSubject"]["achievement"]["humanCode"]
    except (KeyError, TypeError):
        return None
    return certificate_by_number(number[:40]) if isinstance(number, str) else None


def _is_status_list(document: dict[str, Any]) -> bool:
    kinds = document.get("type")
    return isinstance(kinds, list) and STATUS_LIST in kinds


def _paper(document: dict[str, Any], certificate: Certificate | None) -> Paper | None:
    """The version whose credential is `document`, whatever its spaces and line ends."""
    if certificate is None:
        return None
    papers = Paper.objects.filter(certificate=certificate).select_related(
        "certificate__dossier__organisation"
    )
    return next((each for each in papers if read_object(each.credential.encode()) == document), None)
