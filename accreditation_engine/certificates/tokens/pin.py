"""The PIN of a token: read where the deployment keeps it, and never tried again once the token refused it.

Tokens lock after a few wrong PINs, and the worker tries what waits every minute, also after it was started
anew. So what was refused is kept beside the keys, as a digest; another PIN is tried at once.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import scrypt, sha256
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_noop

from accreditation_engine.key_files import KeyUnusable
from accreditation_engine.told import told

from .place import TokenPlace

LARGEST = 1_000
SALT = 16
BY_ANYBODY = 0o007


class Pin:
    """Shows itself to nobody who prints it: an error page or a log with the values of a program has "Pin(...)"."""

    __slots__ = ("_said",)

    def __init__(self, said: str) -> None:
        self._said = said

    def __repr__(self) -> str:
        return "Pin(...)"

    def said(self) -> str:
        return self._said


def pin_of(place: TokenPlace) -> Pin:
    """Raises KeyUnusable where there is none, or everybody may read it."""
    if place.pin_variable:
        if not os.environ.get(place.pin_variable):
            raise KeyUnusable(
                told(
                    gettext_noop(
                        "the environment has no %(name)s with the PIN of the token %(token)s; set it"
                    ),
                    name=place.pin_variable,
                    token=place.token,
                )
            )
        return Pin(os.environ[place.pin_variable])
    return Pin(_first_line(place).decode(errors="replace"))


def _first_line(place: TokenPlace) -> bytes:
    path = Path(place.pin_file)
    try:
        mode = path.stat().st_mode
        with path.open("rb") as file:
            line = file.readline(LARGEST).strip()
    except OSError as error:
        why = error.strerror
        raise KeyUnusable(
            told(
                gettext_noop(
                    "the file %(path)s with the PIN of the token %(token)s cannot be read (%(why)s)"
                ),
                path=place.pin_file,
                token=place.token,
                why=why,
            )
        ) from error
    if mode & BY_ANYBODY:
        raise KeyUnusable(
            told(
                gettext_noop("the file %(path)s with a PIN is open to everybody; close it with chmod 600"),
                path=place.pin_file,
            )
        )
    if not line:
        raise KeyUnusable(
            told(
                gettext_noop("the file %(path)s holds no PIN; write it into its first line"),
                path=place.pin_file,
            )
        )
    return line


class Tries:
    """The PINs that one token refused: the newest one."""

    def __init__(self, place: TokenPlace, file: int, path: Path) -> None:
        self._place, self._file, self._path = place, file, path

    def must_be_worth_one(self, pin: Pin) -> None:
        """Raises KeyUnusable where the token has refused `pin` before."""
        kept = os.pread(self._file, LARGEST, 0)
        if not kept or kept[SALT:] != _digest(pin, kept[:SALT]):
            return
        raise pin_refused(self._place, self._path)

    def refused(self, pin: Pin) -> KeyUnusable:
        salt = secrets.token_bytes(SALT)
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, salt + _digest(pin, salt), 0)
        os.fsync(self._file)
        return pin_refused(self._place, self._path)

    def took(self) -> None:
        os.ftruncate(self._file, 0)


@contextmanager
def tries_at(place: TokenPlace) -> Iterator[Tries]:
    """One process at a time, on this machine. Raises KeyUnusable where nothing can be kept of a refusal."""
    folder = Path(settings.KEYS_DIR)
    path = folder / f"token-{sha256(place.token.encode()).hexdigest()[:16]}.pin"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        why = error.strerror
        raise KeyUnusable(
            told(
                gettext_noop(
                    "no PIN is tried, for %(path)s, which keeps what a token refused, cannot be written"
                    " (%(why)s)"
                ),
                path=str(path),
                why=why,
            )
        ) from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield Tries(place, file, path)
    finally:
        os.close(file)


def pin_refused(place: TokenPlace, path: Path) -> KeyUnusable:
    where = place.pin_file or place.pin_variable
    return KeyUnusable(
        told(
            gettext_noop(
                "the token %(token)s refused its PIN, which is not tried again, so that the token does"
                " not lock; put the right one into %(where)s. Where this is the right one by now, delete"
                " %(path)s"
            ),
            token=place.token,
            where=where,
            path=str(path),
        )
    )


def _digest(pin: Pin, salt: bytes) -> bytes:
    return scrypt(pin.said().encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)
