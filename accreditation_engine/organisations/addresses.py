"""The addresses by which people sign in: no change without its event, which keeps a salted digest of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from accreditation_engine.engine.acting import Person
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.replay.comparing import Kept, Table, digest_as_kept, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.trail.content import Actor
from accreditation_engine.trail.erasure import ERASED
from accreditation_engine.trail.salted import new_salt, salted_digest

from .erasing import EMAIL
from .models import User
from .way_in import forget_address

ADDRESS = "address"
"""A table of one row, whose key is (): none for an account of before, and where the address was erased."""


def change_email(*, user: User, email: str, by: Person | Actor, role: str = "") -> User:
    """Let `user` sign in by another address from now on, and send their mail there. Raises Refused for what is no
    address, and for another's."""
    wanted = email.strip().lower()
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        if locked.email == wanted:
            return locked
        if reasons := list(_unlike(wanted)):
            raise Refused(reasons)
        locked.email, locked.email_salt = wanted, new_salt()
        locked.save(update_fields=["email", "email_salt"])
        forget_address(locked.pk)
        digest = salted_digest(locked.email_salt, wanted)
        record(user.pk, "email_changed", by, role=role, data={"email_digest": digest})
    return locked


def _unlike(email: str) -> Iterator[Reason]:
    try:
        validate_email(email)
    except ValidationError:
        yield Reason("no_address", {"typed": email})
    if User.objects.filter(email=email).exists():
        yield Reason("address_taken", {"typed": email})


@told_by("person", "account_opened", "email_changed")
def _addressed(picture: Picture, event: Said) -> None:
    picture.say(event, ADDRESS, (), email_digest=event.data["email_digest"])


@told_by("person", ERASED)
def _erased(picture: Picture, event: Said) -> None:
    if event.data["what"] == EMAIL:
        picture.rows(ADDRESS).pop((), None)


def _kept(persons: Collection[UUID]) -> Iterable[Kept]:
    for each in User.objects.filter(pk__in=persons).exclude(email_salt="").order_by("pk"):
        yield each.pk, (), {"email_digest": digest_as_kept(each.email_salt, each.email)}


tables.append(Table("person", ADDRESS, ADDRESS, _kept, "the address to sign in by"))
