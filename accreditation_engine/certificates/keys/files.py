"""The private half of a key, from its file, where it can be used now."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.certificates.credential.multikey import multikey
from accreditation_engine.certificates.signing.identity import Identity, NotAnIdentity, fingerprint, from_pem
from accreditation_engine.key_files import (
    KeyUnusable,
    holds_another_key,
    holds_no_key,
    read_ed25519,
    read_key_file,
    write_ed25519,
    write_key_file,
)

from .models import SigningKey


def credential_key(key: SigningKey, now: datetime | None = None) -> Ed25519PrivateKey:
    """Raises KeyUnusable."""
    private = read_ed25519(
        key_file(key),
        command=_command(key),
        is_it=lambda private: multikey(private.public_key()) == key.public,
    )
    _began(key.made_at, now or timezone.now())
    return private


def paper_identity(key: SigningKey, now: datetime | None = None) -> Identity:
    """Raises KeyUnusable, also where the signer's certificate does not hold now."""
    path = key_file(key)
    content = read_key_file(path, command=_command(key))
    try:
        identity = from_pem(content)
    except NotAnIdentity as error:
        raise holds_no_key(path) from error
    if fingerprint(identity.certificate) != key.public:
        raise holds_another_key(path)
    now = now or timezone.now()
    _began(identity.certificate.not_valid_before_utc, now)
    if now > (end := identity.certificate.not_valid_after_utc):
        raise KeyUnusable(
            _(
                "the certificate of the key that signs papers held until %(end)s; make another with %(command)s"
            )
            % {"end": _moment(end), "command": _command(key)}
        )
    return identity


def write_credential_key(key: SigningKey, private: Ed25519PrivateKey) -> Path:
    """Raises KeyUnusable."""
    write_ed25519(key_file(key), private)
    return key_file(key)


def write_paper_identity(key: SigningKey, identity: Identity) -> Path:
    """Raises KeyUnusable."""
    write_key_file(key_file(key), identity.as_pem())
    return key_file(key)


def key_file(key: SigningKey) -> Path:
    return Path(settings.KEYS_DIR) / f"{key.use}-{key.public[:16]}.pem"


def _began(since: datetime, now: datetime) -> None:
    if now < since.replace(microsecond=0):  # papers know their moment to the second
        raise KeyUnusable(
            _("the clock of this machine says %(now)s, and the key was made at %(since)s; set the clock")
            % {"now": _moment(now), "since": _moment(since)}
        )


def _command(key: SigningKey) -> str:
    return f"manage.py signing_keys --use {key.use} --rotate"


def _moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S %z")
