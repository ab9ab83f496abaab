"""What is kept of how somebody comes in, beside the account: whether the address is confirmed, second factors,
sessions that are open, and tokens of programs. Nothing of it outlives the account."""

from __future__ import annotations

from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.refusals import written_down
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.written import kept_text

from .administering import ADMINISTRATOR, administered_by
from .models import ApiToken, User


def take_off_factors(*, person: User, by: User, reason: str) -> None:
    """For somebody who lost their device: the account has no second factor from now on, every session ends, and no
    program has a token.

    Raises Refused for everybody but administrators of every scheme, for one's own factors, without a reason, and
    where there are none; who may not has tried it, and the person's trail says so."""
    with written_down(person, by, role="", act="take_off_factors"):
        if barred := may_not_help(by) or _own(person, by):
            raise Refused(barred)
    if unlike := unlike_text(reason, missing="comment_missing"):
        raise Refused(unlike)
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=person.pk)
        factors = list(Authenticator.objects.filter(user=locked).order_by("pk"))
        if not factors:
            raise Refused([Reason("no_factor_to_take_off")])
        data = {"factors": sorted(each.type for each in factors)}
        record(locked.pk, "factors_taken_off", by, role=ADMINISTRATOR, comment=kept_text(reason), data=data)
        Authenticator.objects.filter(pk__in=[each.pk for each in factors]).delete()
        ApiToken.objects.filter(person=locked).delete()
        end_sessions(locked.pk)


def may_not_help(by: User) -> list[Reason]:
    """Why `by` takes nobody's second factors off, if so. One query."""
    return [] if administered_by(by) is None else [Reason("may_not_help")]


def _own(person: User, by: User) -> list[Reason]:
    return [Reason("own_factors")] if person.pk == by.pk else []


def forget_way_in(person: UUID) -> None:
    """The account is closed: nobody comes in, and no address of mail or of a network is kept."""
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    ApiToken.objects.filter(person=person).delete()
    end_sessions(person)


def end_sessions(person: UUID) -> None:
    for each in UserSession.objects.filter(user=person):
        each.end()


def count_as_confirmed(user: User) -> None:
    """Of accounts that somebody else opened nothing is asked: their address counts as confirmed. Whoever signs up
    has one on record from the first moment, which waits to be confirmed."""
    if not EmailAddress.objects.filter(user=user).exists():
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)


def forget_address(person: UUID) -> None:
    """Another address was given by who may: it counts as confirmed."""
    EmailAddress.objects.filter(user=person).delete()
