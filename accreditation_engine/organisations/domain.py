"""What happens to people and organisations. Every grant, membership and engagement is an event."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accreditation_engine.engine.acting import Person
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.refusals import written_down
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.trail.content import Actor
from accreditation_engine.written import kept_text

from .administering import (
    as_whom,
    ends_no_sooner,
    ends_sooner,
    locked_grant,
    may_not_administer,
    may_not_give,
    refuse_to_leave_nobody,
)
from .models import Engagement, Membership, Organisation, RoleGrant, Standing, User
from .role_letters import ENDED, GIVEN, MOVED, tell_of_role
from .roles import CHAIR, CHAIRED, GRANTED, in_force


def grant_role(
    *, user: User, role: str, by: Person | Actor, scheme: str = "", until: datetime | None = None
) -> RoleGrant:
    """Give `user` a role for `scheme` ("" is every scheme) until `until`. The event is in the user's stream.

    A grant that holds already is given back as it is when it ends no sooner. Raises Refused for a role that
    is not granted (an applicant's comes with membership), for an end in the past, for a chair of no panel, and
    for an account that is closed; where `by` does not administer the scheme, or would give a role to themself,
    the user's stream says that it was tried.
    """
    if role not in GRANTED:
        raise Refused([Reason("unknown_role", {"role": role, "roles": list(GRANTED)})])
    _refuse_what_is_over(until)
    with _written_down(user, by, "grant_role"):
        if barred := may_not_give(user, scheme, by):
            raise Refused(barred)
    with transaction.atomic():
        # Under a lock, so that two at once do not both grant it.
        if not User.objects.select_for_update().get(pk=user.pk).is_active:
            raise Refused([Reason("account_closed")])
        as_long = ends_no_sooner(until)
        held = RoleGrant.objects.filter(in_force(), as_long, user=user, role=role, scheme=scheme).first()
        if held is not None:
            return held
        if role == CHAIR and not _of_a_panel(user, scheme):
            raise Refused([Reason("chair_of_no_panel", {"roles": list(CHAIRED)})])
        grant = RoleGrant.objects.create(
            user=user, role=role, scheme=scheme, since=timezone.now(), until=until
        )
        data = {"role": role, "scheme": scheme, "until": _said(until)}
        record(user.pk, "role_granted", by, role=as_whom(by), data=data)
        tell_of_role(GIVEN, grant, by)
    return grant


def _of_a_panel(user: User, scheme: str) -> bool:
    seats = RoleGrant.objects.filter(in_force(), user=user, role__in=CHAIRED)
    return seats.filter(scheme__in={"", scheme}).exists()


def change_end(*, grant: RoleGrant, until: datetime | None, by: Person | Actor) -> RoleGrant:
    """Let a grant that holds end at `until`, or at no set time (None). Nothing is written where it ends then
    already. Raises Refused as `grant_role` does, for a grant that has ended, and where nobody would be left to
    administer every scheme."""
    _refuse_what_is_over(until)
    with _written_down(grant.user, by, "change_end"):
        if barred := may_not_give(grant.user, grant.scheme, by):
            raise Refused(barred)
    with transaction.atomic():
        locked = locked_grant(grant)
        if locked.over:
            raise Refused([Reason("role_over")])
        if locked.until == until:
            return locked
        if ends_sooner(locked, until):
            refuse_to_leave_nobody(locked)
        before, locked.until = locked.until, until
        locked.save(update_fields=["until"])
        data = {
            "role": locked.role,
            "scheme": locked.scheme,
            "before": _said(before),
            "until": _said(until),
        }
        record(locked.user_id, "role_end_changed", by, role=as_whom(by), data=data)
        tell_of_role(MOVED, locked, by)
    return locked


def end_role(*, grant: RoleGrant, by: Person | Actor, reason: str) -> None:
    """End a grant now; one that has not begun never holds. It stays on record, and one that has ended stays as
    it ended. Raises Refused without a reason, where `by` does not administer the scheme, and for the last who
    administers every scheme."""
    with _written_down(grant.user, by, "end_role"):
        if barred := may_not_administer(grant.scheme, by):
            raise Refused(barred)
    end_grant(grant=grant, by=by, reason=reason)


def end_grant(*, grant: RoleGrant, by: Person | Actor, reason: str) -> None:
    """The same for whoever may close the account as a whole, whatever schemes they administer."""
    unlike = unlike_text(reason, missing="comment_missing")
    if unlike:
        raise Refused(unlike)
    with transaction.atomic():
        now, locked = timezone.now(), locked_grant(grant)
        if locked.over:
            return
        refuse_to_leave_nobody(locked)
        before, grant.until = locked.until, max(now, locked.since)
        grant.save(update_fields=["until"])
        data = {"role": grant.role, "scheme": grant.scheme, "until": _said(before)}
        record(grant.user_id, "role_ended", by, role=as_whom(by), comment=kept_text(reason), data=data)
        tell_of_role(ENDED, grant, by)


def _refuse_what_is_over(until: datetime | None) -> None:
    if until is not None and until <= timezone.now():
        raise Refused([Reason("ends_in_the_past")])


def _said(until: datetime | None) -> str | None:
    return None if until is None else until.isoformat()


def _written_down(user: User, by: Person | Actor, act: str) -> AbstractContextManager[None]:
    """Who may not give roles and tries is on record with the person for whom it was tried."""
    return written_down(user, by, role="", act=act)


def join(
    *, organisation: Organisation, user: User, by: Person | Actor, standing: Standing = Standing.OWNER
) -> Membership:
    """Let `user` act for `organisation`. Who acts for it already stays what they are there."""
    with transaction.atomic():
        membership, created = Membership.objects.get_or_create(
            organisation=organisation, user=user, ended_at=None, defaults={"standing": standing}
        )
        if created:
            data = {"organisation": str(organisation.pk), "standing": standing.value}
            record(user.pk, "joined", by, data=data)
    return membership


def leave(*, membership: Membership, by: Person | Actor) -> None:
    """End a membership now. What was done in it stays, and one that has ended stays as it ended."""
    with transaction.atomic():
        if Membership.objects.select_for_update().get(pk=membership.pk).ended_at is not None:
            return
        membership.ended_at = timezone.now()
        membership.save(update_fields=["ended_at"])
        record(membership.user_id, "left", by, data={"organisation": str(membership.organisation_id)})


def engage(*, coach: User, organisation: Organisation, began_on: date, by: Person | Actor) -> Engagement:
    """Write down that `coach` works with `organisation`. While that goes on, it is given back as it is."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=coach.pk)  # so that two at once do not both begin it
        engagement, created = Engagement.objects.get_or_create(
            coach=coach, organisation=organisation, ended_on=None, defaults={"began_on": began_on}
        )
        if created:
            _record_engagement(engagement, "engaged", began_on, by)
    return engagement


def end_engagement(*, engagement: Engagement, ended_on: date, by: Person | Actor) -> None:
    """The last day of a coach's work: from it on the coach stays barred for two years. One that has ended stays as
    it ended. Raises ValueError for a day before the first."""
    if ended_on < engagement.began_on:
        raise ValueError(f"{ended_on} lies before the first day, {engagement.began_on}")
    with transaction.atomic():
        if Engagement.objects.select_for_update().get(pk=engagement.pk).ended_on is not None:
            return
        engagement.ended_on = ended_on
        engagement.save(update_fields=["ended_on"])
        _record_engagement(engagement, "disengaged", ended_on, by)


def _record_engagement(engagement: Engagement, kind: str, day: date, by: Person | Actor) -> None:
    data = {"organisation": str(engagement.organisation_id), "on": day.isoformat()}
    record(engagement.coach_id, kind, by, data=data)
