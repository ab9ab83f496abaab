"""The published vector of the W3C, and what does not hold."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.certificates.credential.integrity import ProofRefused, check, method_of, signed
from accreditation_engine.certificates.credential.multibase import from_base58
from accreditation_engine.certificates.credential.multikey import from_multikey, multikey

# W3C Data Integrity EdDSA Cryptosuites v1.0, appendix B, "Representation: eddsa-jcs-2022": the published numbers.
PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"  # noqa: S105 - published
METHOD = f"did:key:{PUBLIC}#{PUBLIC}"
CREATED = datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC)
DOCUMENT: dict[str, Any] = {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
DIGESTS = (
    "66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db"
    "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19"
)
PROOF_VALUE = "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX"

KEY = Ed25519PrivateKey.from_private_bytes(from_base58(SECRET)[2:])


def secured() -> dict[str, Any]:
    return copy.deepcopy(signed(DOCUMENT, KEY, method=METHOD, created=CREATED))


def test_the_published_vector_is_reproduced() -> None:
    assert multikey(KEY.public_key()) == PUBLIC
    proof = secured()["proof"]
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    digests = sha256(rfc8785.dumps(options)).digest() + sha256(rfc8785.dumps(DOCUMENT)).digest()
    assert digests.hex() == DIGESTS
    assert proof["proofValue"] == PROOF_VALUE
    assert method_of(secured()) == METHOD
    check(secured(), from_multikey(PUBLIC))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda it: it.update(name="Doctor"), "bad_signature"),
        (lambda it: it["credentialSubject"].update(alumniOf="another"), "bad_signature"),
        (lambda it: it.update(more=True), "bad_signature"),
        (lambda it: it.pop("validFrom"), "bad_signature"),
        (lambda it: it["proof"].update(created="2023-02-25T00:00:00Z"), "bad_signature"),
        (lambda it: it["proof"].update(verificationMethod="did:web:evil.example#1"), "bad_signature"),
        (lambda it: it["@context"].append("https://evil.example/v1"), "other_context"),
        (lambda it: it["proof"].pop("@context"), "other_context"),
        (lambda it: it["proof"].update(cryptosuite="eddsa-rdfc-2022"), "another_suite"),
        (lambda it: it["proof"].update(type="Ed25519Signature2020"), "another_suite"),
        (lambda it: it["proof"].update(proofPurpose="authentication"), "another_purpose"),
        (lambda it: it.update(proof=[it["proof"]]), "no_proof"),
        (lambda it: it.pop("proof"), "no_proof"),
        (lambda it: it["proof"].update(proofValue=PROOF_VALUE[1:]), "not_written_so"),
        (lambda it: it["proof"].update(proofValue=PROOF_VALUE + "l"), "not_written_so"),
        (lambda it: it["proof"].update(proofValue="z" * 100), "not_written_so"),
        (lambda it: it["proof"].update(proofValue=7), "not_written_so"),
        (lambda it: it["proof"].pop("proofValue"), "not_written_so"),
        (lambda it: it.update(number=2**60), "not_written_so"),
    ],
)
def test_what_was_not_signed_is_refused_when_it_is_checked(change: Any, why: str) -> None:
    forged = secured()
    change(forged)
    with pytest.raises(ProofRefused) as refused:
        check(forged, KEY.public_key())
    assert refused.value.why == why


def test_contexts_in_another_proof_and_document_are_refused_when_both_were_lengthened() -> None:
    forged = secured()
    for each in (forged, forged["proof"]):
        each["@context"] = [*DOCUMENT["@context"], "https://evil.example/v1"]
    with pytest.raises(ProofRefused, match="bad_signature"):
        check(forged, KEY.public_key())


def test_another_key_is_refused() -> None:
    with pytest.raises(ProofRefused, match="bad_signature"):
        check(secured(), Ed25519PrivateKey.generate().public_key())


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
LEAVES = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3)
)


@given(st.dictionaries(TEXT.filter(lambda name: name != "proof"), JSON, max_size=4))
def test_whatever_is_signed_is_accepted_and_one_word_more_is_not(document: dict[str, Any]) -> None:
    made = signed(document, KEY, method=METHOD, created=CREATED)
    check(made, KEY.public_key())
    with pytest.raises(ProofRefused):
        check({**made, "word": "one more", "@context": "another"}, KEY.public_key())
