"""The private half of a key, where it can be used now: from its file, or in the token that its file speaks of."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_noop

from accreditation_engine.certificates.credential.integrity import SignsCredentials
from accreditation_engine.certificates.credential.multikey import from_multikey, multikey
from accreditation_engine.certificates.signing.identity import (
    Identity,
    NotAnIdentity,
    SignsPapers,
    fingerprint,
    from_pem,
)
from accreditation_engine.certificates.tokens.place import SUFFIX, TokenPlace, describes_a_place, place_in
from accreditation_engine.certificates.tokens.signing import CredentialInToken, PaperInToken
from accreditation_engine.key_files import (
    KeyUnusable,
    holds_another_key,
    holds_no_key,
    read_ed25519,
    read_key_file,
    write_ed25519,
    write_key_file,
)
from accreditation_engine.told import told

from .models import CREDENTIAL, SigningKey


def credential_key(key: SigningKey, now: datetime | None = None) -> SignsCredentials:
    """Raises KeyUnusable."""
    found: SignsCredentials
    if place := token_place(key):
        found = CredentialInToken(place, from_multikey(key.public))
        found.must_fit()
    else:
        found = read_ed25519(
            key_file(key),
            command=_command(key),
            is_it=lambda private: multikey(private.public_key()) == key.public,
        )
    _began(key.made_at, now or timezone.now())
    return found


def paper_key(key: SigningKey, now: datetime | None = None) -> SignsPapers:
    """Raises KeyUnusable, also where the signer's certificate does not hold now."""
    found = _in_token(key) or _in_file(key)
    now = now or timezone.now()
    _began(found.chain[0].not_valid_before_utc, now)
    if now > (end := found.chain[0].not_valid_after_utc):
        raise KeyUnusable(
            told(
                gettext_noop(
                    "the certificate of the key that signs papers held until %(end)s; make another with"
                    " %(command)s"
                ),
                end=_moment(end),
                command=_command(key),
            )
        )
    return found


def must_be_usable(key: SigningKey) -> None:
    """Raises KeyUnusable."""
    if key.use == CREDENTIAL:
        credential_key(key)
    else:
        paper_key(key)


def token_place(key: SigningKey) -> TokenPlace | None:
    """Where the key lies, when it lies in a token. Raises KeyUnusable."""
    path = key_file(key)
    return place_in(read_key_file(path, command=_command(key)), path) if describes_a_place(path) else None


def write_credential_key(key: SigningKey, private: Ed25519PrivateKey | CredentialInToken) -> Path:
    """Raises KeyUnusable."""
    if isinstance(private, CredentialInToken):
        return _written(key, private.place)
    write_ed25519(_file(key, ".pem"), private)
    return key_file(key)


def write_paper_key(key: SigningKey, private: Identity | PaperInToken) -> Path:
    """Raises KeyUnusable."""
    if isinstance(private, PaperInToken):
        return _written(key, private.place)
    write_key_file(_file(key, ".pem"), private.as_pem())
    return key_file(key)


def key_file(key: SigningKey) -> Path:
    """The file with the key, or the one that says in which token it lies."""
    in_token = _file(key, SUFFIX)
    return in_token if in_token.exists() else _file(key, ".pem")


def _written(key: SigningKey, place: TokenPlace) -> Path:
    write_key_file(_file(key, SUFFIX), place.content)
    return key_file(key)


def _in_token(key: SigningKey) -> PaperInToken | None:
    if place := token_place(key):
        found = PaperInToken(place, key.certificates)
        found.must_fit()
        return found
    return None


def _in_file(key: SigningKey) -> Identity:
    path = key_file(key)
    content = read_key_file(path, command=_command(key))
    try:
        identity = from_pem(content)
    except NotAnIdentity as error:
        raise holds_no_key(path) from error
    if fingerprint(identity.certificate) != key.public:
        raise holds_another_key(path)
    return identity


def _file(key: SigningKey, suffix: str) -> Path:
    return Path(settings.KEYS_DIR) / f"{key.use}-{key.public[:16]}{suffix}"


def _began(since: datetime, now: datetime) -> None:
    if now < since.replace(microsecond=0):  # papers know their moment to the second
        raise KeyUnusable(
            told(
                gettext_noop(
                    "the clock of this machine says %(now)s, and the key was made at %(since)s; set the clock"
                ),
                now=_moment(now),
                since=_moment(since),
            )
        )


def _command(key: SigningKey) -> str:
    return f"manage.py signing_keys --use {key.use} --rotate"


def _moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S %z")
