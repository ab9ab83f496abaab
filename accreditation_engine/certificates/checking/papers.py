"""A PDF that somebody brings: whether it is a paper of ours as it was signed, and what the register says of it."""

from __future__ import annotations

from hashlib import sha256

from accreditation_engine.certificates.keys.keeping import roots
from accreditation_engine.certificates.keys.models import PAPER, SigningKey
from accreditation_engine.certificates.models import Paper

from .credentials import as_the_register_says, check_credential, in_use, proof_of
from .findings import Checked, Finding, bad, good
from .inside import Inside, look_inside
from .json_text import NotPlainJson, read_object
from .today import today


def check_paper(file: bytes) -> Checked:
    """Raises Busy where too many are being looked at."""
    inside = look_inside(file, roots())
    signed = _signed(inside)
    if signed.tone == "bad":
        return _beside(inside, signed)
    paper = (
        Paper.objects.filter(pdf=sha256(file).hexdigest())
        .select_related("certificate__dossier__organisation")
        .first()
    )
    if paper is None:
        return _beside(inside, signed, bad("not_in_register"))
    found = [
        signed,
        good("paper_in_register", version=paper.version),
        _attached(inside, paper),
        *as_the_register_says(paper),
        *today(paper.certificate),
    ]
    return Checked(tuple(found), paper.certificate)


def _beside(inside: Inside, *findings: Finding) -> Checked:
    """The certificate that a credential of ours in the file speaks of, though the file itself does not hold."""
    spoken_of = [check_credential(each).certificate for each in inside.attached]
    known = next((each for each in spoken_of if each is not None), None)
    return Checked((*findings, *([Finding("speaks_of", "info")] if known else [])), known)


def _signed(inside: Inside) -> Finding:
    if inside.locked:
        return bad("locked")
    if inside.verdict != "holds":
        return bad(inside.verdict)
    key = SigningKey.objects.filter(use=PAPER, public=inside.signer).first()
    if key is None or not in_use(key, inside.signed_at):
        return bad("key_not_in_use")
    return good("signature_holds", at=inside.signed_at)


def _attached(inside: Inside, paper: Paper) -> Finding:
    """The one credential that the paper carries is ours, and is the one that the register has."""
    if len(inside.attached) != 1:
        return bad("other_files_attached" if inside.attached else "nothing_attached")
    try:
        document = read_object(inside.attached[0])
    except NotPlainJson:
        return bad("attached_differs")
    if proof_of(document) or inside.attached[0] != paper.credential.encode():
        return bad("attached_differs")
    return good("attached_agrees")
