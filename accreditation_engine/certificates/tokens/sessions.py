"""Sessions with tokens: one a token in each process, logged in once, opened anew where it broke.

A library of PKCS#11 belongs to the process that began it. In a process that was forked off nothing of its parent
is touched: it begins the library for itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils.translation import gettext_noop

from accreditation_engine.key_files import KeyUnusable
from accreditation_engine.told import told

from .failures import unusable
from .patience import forget, in_time
from .pin import pin_of, tries_at
from .place import TokenPlace

if TYPE_CHECKING:
    from pkcs11 import Session, Token

Result = TypeVar("Result")
INSTALL = "pip install --require-hashes -r requirements/pkcs11.txt"

_sessions: dict[tuple[str, str], Session] = {}
_fitting: set[tuple[TokenPlace, bytes]] = set()
_inherited: list[Any] = []
_begun_by_a_parent: set[str] = set()


def with_session(place: TokenPlace, work: Callable[[Session], Result]) -> Result:
    """What `work` gives; tried once more in a new session where the old one broke: the token may have been taken
    out and put back. Raises KeyUnusable, also where the token does not answer in time."""
    return in_time(place, lambda: _tried(place, work), anew=lambda: _ended(place.library))


def _tried(place: TokenPlace, work: Callable[[Session], Result]) -> Result:
    pkcs11 = _library_of_python()
    if (place.library, place.token) in _sessions:
        with suppress(pkcs11.PKCS11Error):
            return work(_session(place))
        _ended(place.library)
    try:
        return work(_session(place))
    except pkcs11.PKCS11Error as error:
        _ended(place.library)
        raise unusable(place, error) from error


def once_a_session(place: TokenPlace, public: bytes, attempt: Callable[[], None]) -> None:
    """`attempt` raises where the key at `place` is not the one with this `public` half; a key does not become
    another while its session lasts."""
    if (place, public) not in _fitting:
        attempt()
        _fitting.add((place, public))


def _session(place: TokenPlace) -> Session:
    found = _sessions.get((place.library, place.token))
    if found is None:
        found = _sessions[place.library, place.token] = _opened(place)
    return found


def _opened(place: TokenPlace) -> Session:
    pin = pin_of(place)
    pkcs11 = _library_of_python()
    with tries_at(place) as tries:
        tries.must_be_worth_one(pin)
        token = _token(place)
        try:
            session = token.open(user_pin=pin.said())
        except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange):
            raise tries.refused(pin) from None
        tries.took()
    return session


def _token(place: TokenPlace) -> Token:
    """Raises KeyUnusable where one more wrong PIN would lock it."""
    from pkcs11 import PinLocked, TokenFlag

    token = _begun(place).get_token(token_label=place.token)
    if token.flags & TokenFlag.USER_PIN_LOCKED:
        raise PinLocked
    if token.flags & TokenFlag.USER_PIN_FINAL_TRY:
        raise KeyUnusable(
            told(
                gettext_noop(
                    "the token %(token)s locks with the next wrong PIN, so none is tried; log in once with"
                    " the programs of its maker"
                ),
                token=place.token,
            )
        )
    return token


def _begun(place: TokenPlace) -> Any:
    pkcs11 = _library_of_python()
    if not Path(place.library).is_file():
        raise _no_library(place)
    if place.library in _begun_by_a_parent:
        _begun_by_a_parent.discard(place.library)
        _ended(place.library)
    try:
        return pkcs11.lib(place.library)
    except pkcs11.PKCS11Error as error:
        if (
            type(error) is pkcs11.PKCS11Error
        ):  # the system did not load it; others are the library's own answers
            raise _no_library(place) from error
        raise


def _no_library(place: TokenPlace) -> KeyUnusable:
    return KeyUnusable(
        told(
            gettext_noop(
                "the library %(library)s, by which the token %(token)s is reached, is not there, or is"
                " none of PKCS#11; install the one of its maker, and give its full path"
            ),
            library=place.library,
            token=place.token,
        )
    )


def _library_of_python() -> Any:
    try:
        import pkcs11
    except ImportError as error:
        raise KeyUnusable(
            told(
                gettext_noop(
                    "a key lies in a token, and the library for tokens is not installed; install it with"
                    " %(command)s"
                ),
                command=INSTALL,
            )
        ) from error
    return pkcs11


def _ended(library: str) -> None:
    """All sessions through `library`, so that it looks for its tokens anew."""
    pkcs11 = _library_of_python()
    _fitting.clear()
    for each in [key for key in _sessions if key[0] == library]:
        with suppress(pkcs11.PKCS11Error):
            _sessions.pop(each).close()
    if (begun := pkcs11._loaded.get(library)) is not None:
        with suppress(pkcs11.PKCS11Error):
            begun.finalize()


def _in_a_fork() -> None:
    """What the parent opened is its own: it is kept, so that nothing closes it, and not used."""
    forget()
    _inherited.append(dict(_sessions))
    _begun_by_a_parent.update(library for library, _token in _sessions)
    _sessions.clear()
    _fitting.clear()


os.register_at_fork(after_in_child=_in_a_fork)
