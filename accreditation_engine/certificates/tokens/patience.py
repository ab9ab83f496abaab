"""Waiting for a token, and not for ever: a call of a library of PKCS#11 may not come back, and nothing can end it.

Each call has a thread of its own, one at a time for each library. Where it does not end in time, whoever asked
goes on without an answer, and until it has ended nobody else calls that library: they are refused at once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from django.conf import settings
from django.utils.translation import gettext_noop

from accreditation_engine.key_files import KeyUnusable
from accreditation_engine.told import told

from .place import TokenPlace

Result = TypeVar("Result")


@dataclass
class _Library:
    """`late` is the call that did not end in time, for as long as that was not set right."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    late: threading.Thread | None = None


_libraries: dict[str, _Library] = {}


def in_time(place: TokenPlace, work: Callable[[], Result], *, anew: Callable[[], None]) -> Result:
    """What `work` gives, which calls the library at `place`, or raises; `anew` is called first where a call was
    late, and has ended since. Raises KeyUnusable where the token does not answer within TOKEN_SECONDS."""
    library = _libraries.setdefault(place.library, _Library())
    if not library.turn.acquire(timeout=settings.TOKEN_SECONDS):
        raise _no_answer(place)
    try:
        was_late, library.late = library.late, None
        if was_late is None:
            return _waited_for(place, library, work)
        if was_late.is_alive():
            library.late = was_late
            raise _no_answer(place)
        return _waited_for(place, library, partial(_anew, anew, work))
    finally:
        library.turn.release()


def _anew(anew: Callable[[], None], work: Callable[[], Result]) -> Result:
    anew()
    return work()


def _waited_for(place: TokenPlace, library: _Library, work: Callable[[], Result]) -> Result:
    future = Future[Result]()
    thread = threading.Thread(target=_answer, args=(future, work), name="token", daemon=True)
    thread.start()
    thread.join(settings.TOKEN_SECONDS)
    if thread.is_alive():
        library.late = thread
        raise _no_answer(place)
    return future.result()


def _answer(future: Future[Result], work: Callable[[], Result]) -> None:
    try:
        future.set_result(work())
    except BaseException as error:  # it is raised where it was asked for
        future.set_exception(error)


def forget() -> None:
    """In a process that was forked off, which has none of the threads of its parent."""
    _libraries.clear()


def _no_answer(place: TokenPlace) -> KeyUnusable:
    return KeyUnusable(
        told(
            gettext_noop(
                "the token %(token)s does not answer in time (TOKEN_SECONDS: %(seconds)s), so nothing is signed;"
                " see to it with the programs of its maker. Once it answers it signs again; where it never"
                " does, restart the worker"
            ),
            token=place.token,
            seconds=f"{settings.TOKEN_SECONDS:g}",
        )
    )
