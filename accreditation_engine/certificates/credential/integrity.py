"""Data Integrity proofs of the cryptosuite eddsa-jcs-2022: signing a document, and checking one.

Source: W3C Data Integrity EdDSA Cryptosuites v1.0, section 3.3; what is signed is SHA-256 of the proof's options,
then SHA-256 of the document, each in the canonical form of RFC 8785.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal, Protocol

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .multibase import NotMultibase, base58, from_base58

TYPE, SUITE, PURPOSE = "DataIntegrityProof", "eddsa-jcs-2022", "assertionMethod"
SIGNATURE = 64
"""Bytes."""

Why = Literal[
    "no_proof", "another_suite", "another_purpose", "other_context", "not_written_so", "bad_signature"
]


class ProofRefused(Exception):  # noqa: N818 - said of a proof
    """The proof does not hold. `why` says what is wrong with it."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


class SignsCredentials(Protocol):
    """An Ed25519 key, wherever it lies."""

    def sign(self, data: bytes) -> bytes: ...

    def public_key(self) -> Ed25519PublicKey: ...


def signed(
    document: Mapping[str, Any], key: SignsCredentials, *, method: str, created: datetime
) -> dict[str, Any]:
    """`document` with a proof by `key`, which `method` (a DID URL) names. The same arguments always give the same
    proof. `created` is aware, and kept to the second."""
    options: dict[str, Any] = {
        "type": TYPE,
        "cryptosuite": SUITE,
        "created": created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verificationMethod": method,
        "proofPurpose": PURPOSE,
    }
    if "@context" in document:
        options["@context"] = deepcopy(document["@context"])
    signature = key.sign(_digests(options, document))
    return {**document, "proof": {**options, "proofValue": base58(signature)}}


def method_of(secured: Mapping[str, Any]) -> str:
    """The DID URL of the key that is said to have signed. Raises ProofRefused."""
    method = _proof(secured).get("verificationMethod")
    if not isinstance(method, str):
        raise ProofRefused("no_proof")
    return method


def check(secured: Mapping[str, Any], key: Ed25519PublicKey) -> None:
    """Raises ProofRefused where `secured` is not what the holder of `key` signed.

    The contexts must be those that were signed, and no more. The specification lets others follow them, which may
    give every word of the document another meaning.
    """
    proof = _proof(secured)
    document = {name: value for name, value in secured.items() if name != "proof"}
    if proof.get("@context") != document.get("@context"):
        raise ProofRefused("other_context")
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    try:
        signature = from_base58(proof["proofValue"])
        digests = _digests(options, document)
    except (KeyError, AttributeError, NotMultibase, rfc8785.CanonicalizationError, RecursionError) as error:
        raise ProofRefused("not_written_so") from error
    if len(signature) != SIGNATURE:
        raise ProofRefused("not_written_so")
    try:
        key.verify(signature, digests)
    except InvalidSignature as error:
        raise ProofRefused("bad_signature") from error


def _proof(secured: Mapping[str, Any]) -> dict[str, Any]:
    """The one proof, of our suite. A set of proofs is of somebody else's making."""
    proof = secured.get("proof")
    if not isinstance(proof, dict):
        raise ProofRefused("no_proof")
    if (proof.get("type"), proof.get("cryptosuite")) != (TYPE, SUITE):
        raise ProofRefused("another_suite")
    if proof.get("proofPurpose") != PURPOSE:
        raise ProofRefused("another_purpose")
    return proof


def _digests(options: Mapping[str, Any], document: Mapping[str, Any]) -> bytes:
    return b"".join(sha256(rfc8785.dumps(dict(each))).digest() for each in (options, document))
