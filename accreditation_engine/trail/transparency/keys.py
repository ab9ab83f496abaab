"""The keys that sign checkpoints: private halves in files that only the site's own user reads, public halves and
their lives in the database and in the trail."""

from __future__ import annotations

import logging
import os
import stat
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.written import is_seen

from ..append import append
from ..content import SYSTEM, Actor, Entry
from .locking import locked_tree
from .models import Checkpoint, Key
from .numbers import NUMBERS

log = logging.getLogger(__name__)
OTHERS = 0o077
WRITTEN_BY_OTHERS = 0o022


class KeyUnusable(Exception):  # noqa: N818 - said of a key
    """Nothing can be signed. The message says why, and what to do."""


def signing_key() -> tuple[Key, Ed25519PrivateKey]:
    """The key that signs now, made when there has never been one. Raises KeyUnusable."""
    with transaction.atomic():
        locked_tree()
        key = Key.objects.filter(retired_at=None).first()
        if key is None and Key.objects.exists():
            raise KeyUnusable(_("every key has been retired; make one with manage.py trail_key --rotate"))
        key = key or _made(SYSTEM, "")
    return key, private_half(key)


def rotate(*, by: Actor = SYSTEM, role: str = "", reason: str) -> Key:
    """A new key in place of the one that signs now, which is retired. The next checkpoint is signed by both, where
    the old one is at hand, so that whoever trusts the old one can trust the new one. Raises ValueError without a
    reason."""
    with transaction.atomic():
        locked_tree()
        _end(by, role, reason)
        return _made(by, role)


def retire(*, by: Actor = SYSTEM, role: str = "", reason: str) -> list[Key]:
    """End the key that signs now, without a successor: nothing is signed until somebody makes one with `rotate`.
    Gives what was ended, nothing when no key signed. Raises ValueError without a reason."""
    with transaction.atomic():
        locked_tree()
        return _end(by, role, reason)


def predecessors(key: Key) -> list[tuple[Key, Ed25519PrivateKey]]:
    """The keys before `key` whose files are still there, back to the last that has signed; none once `key` itself
    has. (A key that was replaced before it signed anything may have been published all the same.)"""
    if key.checkpoints.exists():
        return []
    found = []
    for earlier in Key.objects.filter(made_at__lt=key.made_at).order_by("-made_at"):
        with suppress(KeyUnusable):
            found.append((earlier, private_half(earlier)))
        if earlier.checkpoints.exists():
            break
    return found


def private_half(key: Key) -> Ed25519PrivateKey:
    """Raises KeyUnusable when the file is not there, is open to others, or holds something else."""
    path = key_file(key)
    try:
        _closed_folder(path.parent)
        mode, content = path.lstat().st_mode, path.read_bytes()
    except OSError as error:
        raise KeyUnusable(
            _(
                "the key file %(path)s cannot be read (%(why)s); put it back from the backup, or make a new key"
                " with manage.py trail_key --rotate"
            )
            % {"path": path, "why": error.strerror}
        ) from error
    if stat.S_ISLNK(mode):
        raise KeyUnusable(
            _("the key file %(path)s is a link to another place; put the file itself there") % {"path": path}
        )
    if mode & OTHERS:
        raise KeyUnusable(
            _("the key file %(path)s is open to others; close it with chmod 600") % {"path": path}
        )
    try:
        private = load_pem_private_key(content, password=None)
    except (ValueError, TypeError) as error:
        raise KeyUnusable(_("%(path)s holds no key; put it back from the backup") % {"path": path}) from error
    if not isinstance(private, Ed25519PrivateKey) or _public(private) != key.public:
        raise KeyUnusable(_("%(path)s holds another key; put it back from the backup") % {"path": path})
    return private


def _closed_folder(folder: Path) -> None:
    """Whoever may write there could put another key in place. Raises KeyUnusable, OSError."""
    if folder.stat().st_mode & WRITTEN_BY_OTHERS:
        raise KeyUnusable(
            _("others may write into the folder of keys %(path)s; close it with chmod 700") % {"path": folder}
        )


def origin() -> str:
    """The name that checkpoints bear: once the trail has signed, the one under which it did so last, whatever the
    settings say since. Whoever follows the trail knows it by that name."""
    last = Checkpoint.objects.order_by("-size").select_related("key").first()
    return last.key.name if last else settings.TRAIL_ORIGIN


def key_file(key: Key) -> Path:
    return Path(settings.KEYS_DIR) / f"trail-{key.public[:16]}.pem"


def _made(by: Actor, role: str) -> Key:
    """Within a transaction: a database that forgets the key leaves a file that nothing speaks of."""
    private = Ed25519PrivateKey.generate()
    key = Key(id=uuid4(), name=origin(), public=_public(private), made_at=timezone.now())
    path = key_file(key)
    _write(path, private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    key.save(force_insert=True)
    data = {"key": key.public, "name": key.name, **NUMBERS}
    append(Entry(key.pk, "key_made", actor=by, role=role, data=data))
    log.warning("A new key signs the trail: %s. Back it up where the database is not.", path)
    if key.name != settings.TRAIL_ORIGIN:
        log.warning(
            "The trail keeps the name %s under which it has signed; the settings say %s. Set TRAIL_ORIGIN=%s.",
            *(key.name, settings.TRAIL_ORIGIN, key.name),
        )
    return key


def _write(path: Path, pem: bytes) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise KeyUnusable(
            _(
                "the key file %(path)s cannot be written (%(why)s); set KEYS_DIR to a folder of the site's user"
            )
            % {"path": path, "why": error.strerror}
        ) from error


def _end(by: Actor, role: str, reason: str) -> list[Key]:
    """Within a transaction that has locked the tree."""
    if not is_seen(reason):
        raise ValueError("no key is retired without a reason")
    ended = list(Key.objects.filter(retired_at=None))
    for key in ended:
        key.retired_at = timezone.now()
        key.save(update_fields=["retired_at"])
        append(Entry(key.pk, "key_retired", actor=by, role=role, comment=reason, data={"key": key.public}))
    return ended


def _public(private: Ed25519PrivateKey) -> str:
    return private.public_key().public_bytes_raw().hex()
