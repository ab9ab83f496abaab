"""Keys for papers."""

from __future__ import annotations

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from accreditation_engine.certificates.signing.identity import LIVES, Identity, NotAnIdentity, from_pem

from .conftest import AT


def pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def certificates(identity: Identity) -> bytes:
    return b"".join(each.public_bytes(Encoding.PEM) for each in identity.chain)


def test_an_identity_comes_back_from_its_file(identity: Identity) -> None:
    found = from_pem(identity.as_pem())
    assert found.chain == identity.chain
    assert found.key.private_numbers() == identity.key.private_numbers()


def test_the_root_vouches_for_the_signer_and_for_nobody_else(identity: Identity) -> None:
    identity.certificate.verify_directly_issued_by(identity.root)
    identity.root.verify_directly_issued_by(identity.root)
    assert identity.certificate.not_valid_before_utc < AT < identity.certificate.not_valid_after_utc


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (lambda identity: b"", "not a PEM file"),
        (lambda identity: certificates(identity), "not a PEM file"),
        (lambda identity: pem(identity.key), "not a PEM file"),
        (lambda identity: pem(ec.generate_private_key(ec.SECP384R1())) + certificates(identity), "P-256"),
        (lambda identity: pem(rsa.generate_private_key(65537, 2048)) + certificates(identity), "P-256"),
        (
            lambda identity: pem(ec.generate_private_key(ec.SECP256R1())) + certificates(identity),
            "another key",
        ),
    ],
    ids=["nothing", "no key", "no certificate", "another curve", "RSA", "another's key"],
)
def test_a_file_that_papers_cannot_be_signed_with_is_refused(file, why, identity: Identity) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NotAnIdentity, match=why):
        from_pem(file(identity))


def test_certificates_whose_names_cannot_be_compared_are_refused() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "هيئة 2030")])
    own = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, AT, AT + LIVES)
        .sign(key, SHA256())
        .public_bytes(Encoding.PEM)
    )
    with pytest.raises(NotAnIdentity, match="cannot be compared"):
        from_pem(pem(key) + own)
