"""Which key signs now, and how one follows another."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accreditation_engine.certificates.credential.multikey import multikey
from accreditation_engine.certificates.signing.identity import Identity, fingerprint, made_for
from accreditation_engine.certificates.tokens.signing import CredentialInToken, PaperInToken
from accreditation_engine.definitions.base import Bilingual
from accreditation_engine.key_files import KeyUnusable
from accreditation_engine.told import told
from accreditation_engine.trail.append import append
from accreditation_engine.trail.content import SYSTEM, Actor, Entry
from accreditation_engine.written import is_seen

from .files import key_file, write_credential_key, write_paper_key
from .models import CREDENTIAL, PAPER, SigningKey

log = logging.getLogger(__name__)


def current(use: str) -> SigningKey:
    """The key that signs now, made when there has never been one of this `use`. Raises KeyUnusable."""
    # One question: between two of them another process may have made the first key.
    found = SigningKey.objects.filter(use=use).order_by(F("retired_at").asc(nulls_first=True)).first()
    if found is not None and found.retired_at is None:
        return found
    if found is not None:
        raise KeyUnusable(
            told(
                gettext_noop("every key of this use has been retired; make one with %(command)s"),
                command=f"manage.py signing_keys --use {use} --rotate",
            )
        )
    try:
        with transaction.atomic():
            return _MAKING[use](SYSTEM, "", timezone.now())
    except IntegrityError:  # another process made one at the same moment
        return SigningKey.objects.get(use=use, retired_at=None)


def every(use: str) -> list[SigningKey]:
    """All there ever were, the newest first: what a retired one signed holds."""
    return list(SigningKey.objects.filter(use=use).order_by("-made_at"))


def roots() -> list[x509.Certificate]:
    """The certificates up to which papers of this site are trusted."""
    return [key.certificates[-1] for key in every(PAPER)]


def rotate(use: str, *, by: Actor = SYSTEM, role: str = "", reason: str) -> SigningKey:
    """A new key in place of the one that signs now, which is retired. Raises ValueError without a reason,
    KeyUnusable where its file cannot be written."""
    with transaction.atomic():
        _end(use, by, role, reason)
        return _MAKING[use](by, role, timezone.now())


def bring(
    own: Identity | PaperInToken | CredentialInToken, *, by: Actor = SYSTEM, role: str = "", reason: str
) -> SigningKey:
    """The body's own key in place of the one that signs now. Raises ValueError without a reason, or where the
    key has signed here before; KeyUnusable where its file cannot be written."""
    public = multikey(own.public) if isinstance(own, CredentialInToken) else fingerprint(own.chain[0])
    if SigningKey.objects.filter(public=public).exists():
        raise ValueError(_("This key is known already, in force or retired; give another."))
    with transaction.atomic():
        _end(CREDENTIAL if isinstance(own, CredentialInToken) else PAPER, by, role, reason)
        if isinstance(own, CredentialInToken):
            return _kept_credential_key(own, public, by, role, timezone.now())
        return _kept_paper_key(own, by, role, timezone.now())


def retire(use: str, *, by: Actor = SYSTEM, role: str = "", reason: str) -> list[SigningKey]:
    """End the key that signs now, without a successor. Gives what was ended, nothing when none signed. Raises
    ValueError without a reason."""
    with transaction.atomic():
        return _end(use, by, role, reason)


def _made_credential_key(by: Actor, role: str, now: datetime) -> SigningKey:
    private = Ed25519PrivateKey.generate()
    return _kept_credential_key(private, multikey(private.public_key()), by, role, now)


def _kept_credential_key(
    private: Ed25519PrivateKey | CredentialInToken, public: str, by: Actor, role: str, now: datetime
) -> SigningKey:
    key = SigningKey(id=uuid4(), use=CREDENTIAL, public=public, made_at=now)
    return _kept(key, by, role, lambda: write_credential_key(key, private))


def _made_paper_key(by: Actor, role: str, now: datetime) -> SigningKey:
    return _kept_paper_key(made_for(Bilingual(**settings.ACCREDITING_BODY), now), by, role, now)


def _kept_paper_key(own: Identity | PaperInToken, by: Actor, role: str, now: datetime) -> SigningKey:
    chain = "".join(each.public_bytes(Encoding.PEM).decode() for each in own.chain)
    public = fingerprint(own.chain[0])
    key = SigningKey(id=uuid4(), use=PAPER, public=public, chain=chain, made_at=now)
    return _kept(key, by, role, lambda: write_paper_key(key, own))


_MAKING = {CREDENTIAL: _made_credential_key, PAPER: _made_paper_key}


def _kept(key: SigningKey, by: Actor, role: str, write: Callable[[], Path]) -> SigningKey:
    """Within a transaction: the row first, so that of two processes one alone writes a file. A database that
    forgets the key leaves a file that nothing speaks of."""
    key.save(force_insert=True)
    path = write()
    try:
        append(Entry(key.pk, "signing_key_made", actor=by, role=role, data=said_of(key)))
    except BaseException:
        with suppress(OSError):
            key_file(key).unlink()
        raise
    log.warning("A new key signs %ss: %s. Back it up where the database is not.", key.use, path)
    return key


def said_of(key: SigningKey) -> dict[str, str]:
    """What the event of a key says of it."""
    return {"use": key.use, "key": key.public, "chain": sha256(key.chain.encode()).hexdigest()}


def _end(use: str, by: Actor, role: str, reason: str) -> list[SigningKey]:
    if not is_seen(reason):
        raise ValueError("no key is retired without a reason")
    ended = list(SigningKey.objects.select_for_update().filter(use=use, retired_at=None))
    for key in ended:
        key.retired_at = timezone.now()
        key.save(update_fields=["retired_at"])
        data = {"use": use, "key": key.public}
        append(Entry(key.pk, "signing_key_retired", actor=by, role=role, comment=reason, data=data))
    return ended
