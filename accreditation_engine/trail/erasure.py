"""Erasing by law: a comment beside an event, or a name that somebody bore.

What is erased goes, and an event says so: that it was there, when it was erased, by whom and why. Events carry
only salted digests of texts and names, so the chain verifies as before; the salt goes with the text, so that
nobody can try guesses at it. The database lets nothing go that no such event explains.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from accreditation_engine.written import is_seen

from .append import append
from .content import Actor, Entry
from .models import Event, Name, Text

ERASED = "erased"
COMMENT, NAME = "comment", "name"


class NothingToErase(LookupError):  # noqa: N818 - said of what was asked for
    """There is no such text, or it is erased already. Nothing was changed."""


def erase_comment(
    *, stream: UUID, seq: int, actor: Actor, role: str, reason: str, edition: str = ""
) -> Event:
    """Erase what was said with event `seq` of `stream`; gives the event that says so, in the same stream. Raises
    NothingToErase, and ValueError without a reason."""
    standing = Text.objects.filter(stream=stream, seq=seq, field="comment", text__isnull=False)
    with transaction.atomic():
        event = say_erased(
            stream, {"what": COMMENT, "seq": seq}, actor=actor, role=role, reason=reason, edition=edition
        )
        if not standing.update(text=None, salt=b""):
            raise NothingToErase(f"stream {stream} has no comment beside event {seq}, or it is erased")
    return event


def erase_name(*, digest: str, actor: Actor, role: str, reason: str) -> Event:
    """Erase a name that events know by `digest`; gives the event that says so, in the stream of the person who
    bore it. Raises NothingToErase, and ValueError without a reason."""
    bearer = Name.objects.filter(digest=digest).values_list("actor", flat=True).first()
    if bearer is None:
        raise NothingToErase(f"nobody bore a name with the digest {digest}")
    with transaction.atomic():
        event = say_erased(bearer, {"what": NAME, "digest": digest}, actor=actor, role=role, reason=reason)
        if not Name.objects.filter(digest=digest, name__isnull=False).update(name=None, salt=b""):
            raise NothingToErase(f"the name with the digest {digest} is erased already")
    return event


def say_erased(
    stream: UUID, what: Mapping[str, Any], *, actor: Actor, role: str, reason: str, edition: str = ""
) -> Event:
    """The event that something is erased, within the caller's transaction. `what` is its data: {"what": a code,
    and which one}. Raises ValueError without a reason."""
    if not is_seen(reason):
        raise ValueError("nothing is erased without a reason")
    _overwrite_what_goes()
    return append(
        Entry(stream=stream, kind=ERASED, actor=actor, role=role, edition=edition, comment=reason, data=what)
    )


def _overwrite_what_goes() -> None:
    """SQLite leaves the bytes of a text that goes in its file until others need the place, unless it is told."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
