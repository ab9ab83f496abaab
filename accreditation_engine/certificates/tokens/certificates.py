"""The certificates of a key for papers: from the token, or from the file that is named beside it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from django.utils.translation import gettext_noop

from accreditation_engine.certificates.signing.identity import NotAnIdentity
from accreditation_engine.key_files import KeyUnusable
from accreditation_engine.told import told

from .place import TokenPlace
from .sessions import with_session
from .signing import TRIED, PaperInToken, another_key, must_be_of_the_key

if TYPE_CHECKING:
    from pkcs11 import Session

LARGEST = 1_000_000
LONGEST_CHAIN = 10


def chain_of(place: TokenPlace, now: datetime) -> tuple[x509.Certificate, ...]:
    """The signer's first, the root last; the token signs once, however many certificates it holds. Raises
    KeyUnusable."""
    if place.certificates:
        return _in_file(Path(place.certificates))
    found = with_session(place, _in_token)
    if not found:
        raise _no_certificate(place)
    tried = PaperInToken(place, ()).sign(TRIED)
    own = [each for each in found if _is_of_the_key(each, tried)]
    if not own:
        raise another_key(place)
    held = [each for each in own if each.not_valid_before_utc <= now <= each.not_valid_after_utc]
    newest = max(held or own, key=lambda each: each.not_valid_before_utc)
    return _up_from(newest, found)


def _in_file(path: Path) -> tuple[x509.Certificate, ...]:
    try:
        with path.open("rb") as file:
            return tuple(x509.load_pem_x509_certificates(file.read(LARGEST)))
    except (OSError, ValueError) as error:
        raise KeyUnusable(
            told(
                gettext_noop(
                    "%(path)s holds no certificates (PEM), or cannot be read; write the signer's into it"
                    " first, and the root last"
                ),
                path=str(path),
            )
        ) from error


def _in_token(session: Session) -> list[x509.Certificate]:
    from pkcs11 import Attribute, ObjectClass

    found = []
    for each in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        try:
            found.append(x509.load_der_x509_certificate(bytes(each[Attribute.VALUE])))
        except (ValueError, TypeError):  # somebody else's, of another kind
            continue
    return found


def _is_of_the_key(certificate: x509.Certificate, tried: bytes) -> bool:
    try:
        must_be_of_the_key(certificate, tried)
    except (NotAnIdentity, InvalidSignature):
        return False
    return True


def _up_from(signer: x509.Certificate, known: list[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """As far as the token knows who vouched for whom."""
    chain = [signer]
    while chain[-1].subject != chain[-1].issuer and len(chain) < LONGEST_CHAIN:
        above = next((each for each in known if _vouched(each, chain[-1])), None)
        if above is None:
            break
        chain.append(above)
    return tuple(chain)


def _vouched(above: x509.Certificate, beneath: x509.Certificate) -> bool:
    try:
        beneath.verify_directly_issued_by(above)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _no_certificate(place: TokenPlace) -> KeyUnusable:
    return KeyUnusable(
        told(
            gettext_noop(
                "the token %(token)s holds no certificate; put those of the key into it, or name a file"
                " with them as certificates"
            ),
            token=place.token,
        )
    )
