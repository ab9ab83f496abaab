"""Private halves of keys: files that only the site's own user reads, in a folder into which nobody else writes."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.utils.translation import gettext_noop

from accreditation_engine.told import told

OTHERS = 0o077
WRITTEN_BY_OTHERS = 0o022


class KeyUnusable(Exception):  # noqa: N818 - said of a key
    """Nothing can be signed. The message says why, and what to do."""


def read_key_file(path: Path, *, command: str) -> bytes:
    """What stands in it. Raises KeyUnusable when the file is not there, or is open to others; `command` is the one
    that makes another key."""
    try:
        _closed_folder(path.parent)
        mode, content = path.lstat().st_mode, path.read_bytes()
    except OSError as error:
        raise KeyUnusable(
            told(
                gettext_noop(
                    "the key file %(path)s cannot be read (%(why)s); put it back from the backup, or make a"
                    " new key with %(command)s"
                ),
                path=path,
                why=error.strerror,
                command=command,
            )
        ) from error
    if stat.S_ISLNK(mode):
        raise KeyUnusable(
            told(
                gettext_noop("the key file %(path)s is a link to another place; put the file itself there"),
                path=path,
            )
        )
    if mode & OTHERS:
        raise KeyUnusable(
            told(gettext_noop("the key file %(path)s is open to others; close it with chmod 600"), path=path)
        )
    return content


def read_ed25519(
    path: Path, *, command: str, is_it: Callable[[Ed25519PrivateKey], bool]
) -> Ed25519PrivateKey:
    """The key of which `is_it` is true. Raises KeyUnusable as `read_key_file` does, and where the file holds no
    key, or another."""
    content = read_key_file(path, command=command)
    try:
        private = load_pem_private_key(content, password=None)
    except (ValueError, TypeError) as error:
        raise holds_no_key(path) from error
    if not isinstance(private, Ed25519PrivateKey) or not is_it(private):
        raise holds_another_key(path)
    return private


def write_ed25519(path: Path, private: Ed25519PrivateKey) -> None:
    """Raises KeyUnusable as `write_key_file` does."""
    write_key_file(path, private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def write_key_file(path: Path, content: bytes) -> None:
    """A new file, on disk when this returns. Raises KeyUnusable where it cannot be written, or is there."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise KeyUnusable(
            told(
                gettext_noop(
                    "the key file %(path)s cannot be written (%(why)s); set KEYS_DIR to a folder of the"
                    " site's user"
                ),
                path=path,
                why=error.strerror,
            )
        ) from error


def holds_no_key(path: Path) -> KeyUnusable:
    return KeyUnusable(told(gettext_noop("%(path)s holds no key; put it back from the backup"), path=path))


def holds_another_key(path: Path) -> KeyUnusable:
    return KeyUnusable(
        told(gettext_noop("%(path)s holds another key; put it back from the backup"), path=path)
    )


def _closed_folder(folder: Path) -> None:
    """Whoever may write there could put another key in place. Raises KeyUnusable, OSError."""
    if folder.stat().st_mode & WRITTEN_BY_OTHERS:
        raise KeyUnusable(
            told(
                gettext_noop("others may write into the folder of keys %(path)s; close it with chmod 700"),
                path=folder,
            )
        )
