"""Signing with a key that lies in a token, as with one from a file."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from django.utils.translation import gettext_noop

from accreditation_engine.certificates.signing.identity import p256_of
from accreditation_engine.key_files import KeyUnusable
from accreditation_engine.told import told

from .failures import named
from .place import TokenPlace
from .sessions import once_a_session, with_session

if TYPE_CHECKING:
    from pkcs11 import Session

ORDER = 32
"""Bytes of each half of a signature by P-256."""
ED25519 = 32
"""Bytes of a public key."""


@dataclass(frozen=True)
class PaperInToken:
    """A key for papers. `chain` begins with the signer's certificate and ends with the root."""

    place: TokenPlace
    chain: tuple[x509.Certificate, ...]

    def sign(self, data: bytes) -> bytes:
        """ECDSA over SHA-256, as DER; another signature each time. Raises KeyUnusable."""
        digest = sha256(data).digest()
        halves = with_session(self.place, lambda session: _ecdsa(session, self.place, digest))
        return encode_dss_signature(int.from_bytes(halves[:ORDER]), int.from_bytes(halves[ORDER:]))

    def must_fit(self) -> None:
        """Raises KeyUnusable where the key in the token is not that of the certificate."""
        once_a_session(self.place, self.chain[0].public_bytes(Encoding.DER), self._must_fit)

    def fits(self) -> None:
        """Raises InvalidSignature, NotAnIdentity and KeyUnusable."""
        must_be_of_the_key(self.chain[0], self.sign(TRIED))

    def _must_fit(self) -> None:
        try:
            self.fits()
        except InvalidSignature as error:
            raise another_key(self.place) from error


@dataclass(frozen=True)
class CredentialInToken:
    """A key for credentials."""

    place: TokenPlace
    public: Ed25519PublicKey

    def public_key(self) -> Ed25519PublicKey:
        return self.public

    def sign(self, data: bytes) -> bytes:
        """Raises KeyUnusable."""
        return with_session(self.place, lambda session: _eddsa(session, self.place, data))

    def must_fit(self) -> None:
        """Raises KeyUnusable where the key in the token is another."""
        once_a_session(self.place, self.public.public_bytes_raw(), self._fits)

    def _fits(self) -> None:
        try:
            self.public.verify(self.sign(TRIED), TRIED)
        except InvalidSignature as error:
            raise another_key(self.place) from error


TRIED = b"accreditation engine: does this key fit?"


def must_be_of_the_key(certificate: x509.Certificate, tried: bytes) -> None:
    """Whether `certificate` is of the key that signed TRIED so. Raises InvalidSignature and NotAnIdentity."""
    p256_of(certificate).verify(tried, TRIED, ECDSA(SHA256()))


def public_half(place: TokenPlace) -> Ed25519PublicKey:
    """Of a key for credentials, from the token. Raises KeyUnusable."""
    point = with_session(place, lambda session: _point(session, place))
    try:
        return Ed25519PublicKey.from_public_bytes(point[-ED25519:])  # tokens differ in what stands before it
    except ValueError as error:
        raise another_key(place) from error


def another_key(place: TokenPlace) -> KeyUnusable:
    return KeyUnusable(
        told(
            gettext_noop(
                "the private key %(key)s in the token %(token)s is another than the one that its public"
                " half or certificate speaks of; look whether key, id and certificates belong together"
            ),
            key=named(place),
            token=place.token,
        )
    )


def _ecdsa(session: Session, place: TokenPlace, digest: bytes) -> bytes:
    from pkcs11 import KeyType, Mechanism, ObjectClass

    key: Any = session.get_key(ObjectClass.PRIVATE_KEY, KeyType.EC, **_called(place))
    return bytes(key.sign(digest, mechanism=Mechanism.ECDSA))


def _eddsa(session: Session, place: TokenPlace, data: bytes) -> bytes:
    from pkcs11 import KeyType, Mechanism, ObjectClass

    key: Any = session.get_key(ObjectClass.PRIVATE_KEY, KeyType.EC_EDWARDS, **_called(place))
    return bytes(key.sign(data, mechanism=Mechanism.EDDSA))


def _point(session: Session, place: TokenPlace) -> bytes:
    from pkcs11 import Attribute, KeyType, ObjectClass

    key = session.get_key(ObjectClass.PUBLIC_KEY, KeyType.EC_EDWARDS, **_called(place))
    return bytes(key[Attribute.EC_POINT])


def _called(place: TokenPlace) -> dict[str, Any]:
    return {name: value for name, value in (("label", place.key), ("id", place.id)) if value}
