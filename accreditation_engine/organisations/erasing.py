"""Erasing names and addresses of people by law."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from django.db import transaction

from accreditation_engine.engine import erasures
from accreditation_engine.engine.erasures import By, Kind, Piece, chosen, erase_pieces, unlike_grounds
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.refusals import written_down
from accreditation_engine.engine.repeating import repetitions
from accreditation_engine.trail.erasure import NAME, NothingToErase, erase_name
from accreditation_engine.trail.models import Event, Name
from accreditation_engine.written import kept_text

from .closing import close_account
from .models import RoleGrant, User
from .roles import in_force

ERASER = "administrator"
EMAIL = "email"
NOBODY = "erased.invalid"
"""Where addresses end that were erased: no mail goes there (RFC 2606)."""


def erase_of_person(
    *,
    person: User,
    keys: Collection[str],
    reason: str,
    basis: str,
    by: User,
    told_apart: bool = False,
) -> list[Event]:
    """Erase what `keys` name (Piece.key) of a person; gives an event for each. The name that they act under now,
    and their address, close the account.

    Raises Refused, with nothing erased, for everybody but administrators of every scheme, for a person's own name,
    without a reason or basis, where these repeat what they erase (`told_apart`: see engine.repeating), and for
    what is not there any more. Who may not erase at all has tried it, and the person's trail says so.
    """
    why, law = kept_text(reason), kept_text(basis)
    with written_down(person, by, role="", act="erase"):
        if barred := may_not_erase(person, by):
            raise Refused(barred)
    if reasons := unlike_grounds(why, law):
        raise Refused(reasons)
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=person.pk)
        pieces = chosen(erasures.pieces_of_person(locked.pk), keys)
        if repeated := repetitions(pieces, why, law, told_apart=told_apart):
            raise Refused(repeated)
        words = grounds(why, law)
        if any(each.about.get("closes") for each in pieces):
            close_account(user=locked, by=by, role=ERASER, reason=words)
        return erase_pieces(erasures.of_people, pieces, By(by.acting, ERASER, words))


def may_not_erase(person: User, by: User) -> list[Reason]:
    """Why `by` erases nothing of `person`, if so. One query."""
    every_scheme = RoleGrant.objects.filter(in_force(), user=by, role=ERASER, scheme="", user__is_active=True)
    if not every_scheme.exists():
        return [Reason("not_every_scheme")]
    return [Reason("own_name")] if person.pk == by.pk else []


def grounds(reason: str, basis: str) -> str:
    """What stands beside the event: why, and by which law, a paragraph each."""
    return f"{reason}\n\n{basis}"


def register() -> None:
    erasures.of_people[NAME] = Kind(_names, _erase_name)
    erasures.of_people[EMAIL] = Kind(_address, _erase_address)


def _names(person: UUID) -> Iterator[Piece]:
    borne_now = User.objects.filter(pk=person).values_list("name_digest", flat=True).first()
    for each in Name.objects.filter(actor=person, name__isnull=False).order_by("digest"):
        about = {"closes": each.digest == borne_now}
        yield Piece(NAME, person, {"digest": each.digest}, each.name or "", author=person, about=about)


def _erase_name(piece: Piece, by: By) -> Event:
    event = erase_name(digest=piece.which["digest"], actor=by.actor, role=by.role, reason=by.reason)
    User.objects.filter(pk=piece.stream, name_digest=piece.which["digest"]).update(name="")
    return event


def _address(person: UUID) -> Iterator[Piece]:
    for user in User.objects.filter(pk=person).exclude(email__endswith=f"@{NOBODY}"):
        yield Piece(EMAIL, person, {}, user.email, at=user.joined_at, author=person, about={"closes": True})


def _erase_address(piece: Piece, by: By) -> Event:
    found = User.objects.filter(pk=piece.stream).exclude(email__endswith=f"@{NOBODY}")
    if not found.update(email=f"{piece.stream}@{NOBODY}", email_salt=""):
        raise NothingToErase(piece.key)
    return erasures.say(piece, by)
