"""The keys that sign checkpoints: private halves in files that only the site's own user reads, public halves and
their lives in the database and in the trail."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.key_files import KeyUnusable, read_ed25519, write_ed25519
from accreditation_engine.written import is_seen

from ..append import append
from ..content import SYSTEM, Actor, Entry
from .locking import locked_tree
from .models import Checkpoint, Key
from .numbers import NUMBERS

log = logging.getLogger(__name__)


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
    return read_ed25519(
        key_file(key),
        command="manage.py trail_key --rotate",
        is_it=lambda private: _public(private) == key.public,
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
    write_ed25519(path, private)
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
