"""Who signs papers: a P-256 key with its certificate, and the authority that vouches for it.

A body that has no key of its own gets one from an authority made for it. The authority's key signs that one
certificate and is forgotten: nobody, whoever reads the site's files, can make another that looks like it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol

from asn1crypto.x509 import Name
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from accreditation_engine.definitions.base import Bilingual

LIVES = timedelta(days=10 * 365)
"""Papers are signed for as long; a body replaces its key before."""
LONGEST_NAME = 64
"""Letters of a name in a certificate, by X.520."""


Why = Literal["unreadable", "another_curve", "another_key", "names", "usage"]
WHY: dict[Why, str] = {
    "unreadable": "not a PEM file with a key without password, and its certificates",
    "another_curve": "the key is not of the curve P-256",
    "another_key": "the first certificate is of another key",
    "names": "a name in the certificates cannot be compared (RFC 4518)",
    "usage": "the keyUsage of the signer's certificate lacks nonRepudiation",
}


class NotAnIdentity(ValueError):  # noqa: N818 - said of a file
    """The file holds no key and certificate that papers can be signed with. `why` says what is wrong with it."""

    def __init__(self, why: Why) -> None:
        super().__init__(WHY[why])
        self.why = why


class SignsPapers(Protocol):
    """Whoever signs papers, wherever the key lies. `chain` begins with the signer's certificate and ends with the
    root."""

    @property
    def chain(self) -> tuple[x509.Certificate, ...]: ...

    def sign(self, data: bytes) -> bytes:
        """ECDSA under P-256 over the SHA-256 of `data`, as DER."""


@dataclass(frozen=True)
class Identity:
    """A key in our hands. The same data always get the same signature (RFC 6979)."""

    key: ec.EllipticCurvePrivateKey
    chain: tuple[x509.Certificate, ...]

    def sign(self, data: bytes) -> bytes:
        return self.key.sign(data, ec.ECDSA(SHA256(), deterministic_signing=True))

    @property
    def certificate(self) -> x509.Certificate:
        return self.chain[0]

    @property
    def root(self) -> x509.Certificate:
        return self.chain[-1]

    def as_pem(self) -> bytes:
        key = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return key + b"".join(each.public_bytes(Encoding.PEM) for each in self.chain)


def made_for(body: Bilingual, now: datetime) -> Identity:
    """A new key for the papers of `body`, vouched for by an authority of its own."""
    authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    since = now.astimezone(UTC) - timedelta(minutes=5)  # clocks of those who check may be behind
    root_name, name = _name(body, "Authority for certificates"), _name(body, "Certificates")
    root = (
        _begun(root_name, root_name, authority.public_key(), since)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(of_authority=True), critical=True)
        .sign(authority, SHA256())
    )
    signer = (
        _begun(name, root_name, key.public_key(), since)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(of_authority=False), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key()), critical=False
        )
        .sign(authority, SHA256())
    )
    return Identity(key, (signer, root))


def from_pem(content: bytes) -> Identity:
    """A P-256 key and its certificates, the signer's first, the root last. Raises NotAnIdentity."""
    try:
        key = load_pem_private_key(content, password=None)
        chain = tuple(x509.load_pem_x509_certificates(content))
    except (ValueError, TypeError) as error:
        raise NotAnIdentity("unreadable") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise NotAnIdentity("another_curve")
    if chain[0].public_key() != key.public_key():
        raise NotAnIdentity("another_key")
    must_be_fit(chain)
    return Identity(key, chain)


def must_be_fit(chain: tuple[x509.Certificate, ...]) -> None:
    """Raises NotAnIdentity where no paper can be signed under these certificates, whoever has the key."""
    p256_of(chain[0])
    if not all(_comparable(name) for each in chain for name in (each.subject, each.issuer)):
        raise NotAnIdentity("names")
    if not _may_sign_documents(chain[0]):
        raise NotAnIdentity("usage")


def _may_sign_documents(certificate: x509.Certificate) -> bool:
    """Whoever checks a PDF asks for nonRepudiation, and is not content with digitalSignature."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.content_commitment


def p256_of(certificate: x509.Certificate) -> ec.EllipticCurvePublicKey:
    """Raises NotAnIdentity where its key is of another kind."""
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise NotAnIdentity("another_curve")
    return key


def fingerprint(certificate: x509.Certificate) -> str:
    """Its SHA-256, in hex."""
    return certificate.fingerprint(SHA256()).hex()


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, since: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + LIVES)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _name(body: Bilingual, what: str) -> x509.Name:
    """With those names of `body` that can be compared; a name that cannot would make every signature void."""
    named = [
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, body.ar[:LONGEST_NAME]),
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, what),
        x509.NameAttribute(NameOID.COMMON_NAME, body.en[:LONGEST_NAME]),
    ]
    return x509.Name([each for each in named if _comparable(x509.Name([each]))])


def _comparable(name: x509.Name) -> bool:
    """Whether who checks a chain can prepare `name` as RFC 4518 has it, which refuses a text that begins or ends
    in another direction than it has."""
    try:
        _prepared = Name.load(name.public_bytes()).hashable
    except ValueError:
        return False
    return True


def _usage(*, of_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not of_authority,
        content_commitment=not of_authority,
        key_cert_sign=of_authority,
        crl_sign=of_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
