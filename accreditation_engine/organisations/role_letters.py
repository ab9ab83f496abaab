"""Telling people of their roles: that they were given one, until when it holds, and that it has ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accreditation_engine.engine.acting import Person, actor_of
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.engine.models import Scheme
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.engine.words import scheme_title
from accreditation_engine.trail.content import Actor
from accreditation_engine.trail.rows import insert

from .letters.models import Letter, ReminderMade
from .letters.told import Readings, Told, told_in_mail
from .letters.writing import ToWrite, write
from .models import RoleGrant, User

GIVEN, MOVED, ENDED = "role_given", "role_end_moved", "role_ended"
"""Kinds of letters: of a new role, of one that holds until another day, and of one that holds no more."""
ROLE = "role"
"""Of `ReminderMade.what`; `entry` is then the number of the grant."""
NEVER_OLDER = timedelta(days=2)
"""Nobody is told of what ended long before the site began to tell."""


def tell_of_role(kind: str, grant: RoleGrant, by: Person | Actor) -> None:
    """In the transaction of what it tells. Whoever gives roles by the command line tells them in their own words,
    and nobody needs to be told what they did themselves."""
    actor = actor_of(by)
    if kind == ENDED:
        insert(ReminderMade, [_made(grant)])
    if actor.id is not None and actor.id != grant.user_id:
        write([_letter(kind, grant, grant.user)])


@periodic("roles that have ended", every=timedelta(hours=1))
def tell_of_ended_roles() -> None:
    """Of those whose day has come. Each once, and none that somebody ended."""
    now = timezone.now()
    over = RoleGrant.objects.filter(until__lte=now, until__gt=now - NEVER_OLDER, user__is_active=True)
    with transaction.atomic():
        made = ReminderMade.objects.filter(what=ROLE, rule=ENDED).values("entry")
        grants = list(over.exclude(pk__in=made).select_related("user").order_by("pk"))
        if grants:
            insert(ReminderMade, [_made(each) for each in grants])
            write(_letter(ENDED, each, each.user) for each in grants)


def _made(grant: RoleGrant) -> ReminderMade:
    return ReminderMade(about=grant.user_id, what=ROLE, entry=grant.pk, rule=ENDED)


def _letter(kind: str, grant: RoleGrant, user: User) -> ToWrite:
    return ToWrite(user.pk, user.digest, kind, stream=user.pk, facts={"grant": grant.pk})


@told_in_mail(GIVEN)
def _given(letters: Sequence[Letter], readings: Readings) -> Told:
    """As it is now: of a role that has ended meanwhile only the end is told."""
    return {
        letter: (
            _(
                "You have a role now: %(role)s (%(scheme)s), until %(day)s. What waits for you stands on your home"
                " page."
            )
            if grant.until
            else _("You have a role now: %(role)s (%(scheme)s). What waits for you stands on your home page.")
        )
        % named
        for letter, grant, named in _meant(letters)
        if not grant.over
    }


@told_in_mail(MOVED)
def _moved(letters: Sequence[Letter], readings: Readings) -> Told:
    return {
        letter: (
            _("Your role as %(role)s (%(scheme)s) holds until %(day)s from now on.")
            if grant.until
            else _("Your role as %(role)s (%(scheme)s) holds without an end date from now on.")
        )
        % named
        for letter, grant, named in _meant(letters)
        if not grant.over
    }


@told_in_mail(ENDED)
def _ended(letters: Sequence[Letter], readings: Readings) -> Told:
    """Whoever was given the same role again has it."""
    found = list(_meant(letters))
    holding = RoleGrant.objects.filter(user__in={grant.user_id for _letter, grant, _named in found})
    held = {(each.user_id, each.role, each.scheme) for each in holding if not each.over}
    words = _(
        "Your role as %(role)s (%(scheme)s) has ended. If you do not know why, ask an administrator of the"
        " accrediting body."
    )
    return {
        letter: words % named
        for letter, grant, named in found
        if grant.over and (grant.user_id, grant.role, grant.scheme) not in held
    }


def _meant(letters: Sequence[Letter]) -> Iterator[tuple[UUID, RoleGrant, dict[str, str]]]:
    """Each letter with its grant, and what that is called. Two queries."""
    grants = RoleGrant.objects.in_bulk([each.facts["grant"] for each in letters])
    schemes = Scheme.objects.in_bulk({each.scheme for each in grants.values() if each.scheme})
    for each in letters:
        if (grant := grants.get(each.facts["grant"])) is not None:
            yield each.pk, grant, _named(grant, schemes.get(grant.scheme))


def _named(grant: RoleGrant, scheme: Scheme | None) -> dict[str, str]:
    values = {"role": capfirst(role_title(grant.role)), "scheme": _called(grant.scheme, scheme)}
    return isolated({**values, "day": _day(grant.until) if grant.until else ""})


def _called(name: str, scheme: Scheme | None) -> str:
    if not name:
        return _("every scheme")
    return scheme_title(name, scheme.edition_id) if scheme else name


def _day(until: datetime) -> str:
    return date_format(timezone.localtime(until), "j F Y")
