"""What reviewers take, how much at a time, and when they are away: said by themselves and by coordinators, each
time an event of the person."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.countries import is_country
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.organisations.roles import in_force
from accreditation_engine.organisations.sectors import Sector, Written
from accreditation_engine.written import kept_text

from .models import Leave, ReviewerProfile

PROFILE, LEAVE, CANCELLED = "reviewer_profile", "leave_said", "leave_cancelled"
TAKES = ("languages", "sectors", "countries")
LIMITS = ("most", "senior")
"""What only a coordinator says of somebody else."""
HIGHEST, LONGEST_LEAVE, FARTHEST = 200, timedelta(days=730), timedelta(days=1_825)


def change_profile(*, reviewer: User, by: User, **values: Any) -> ReviewerProfile:
    """Give the profile of `reviewer` other `values`, named as in TAKES and LIMITS; the event tells what they were
    and what they are. Nothing is written where nothing changes. Raises Refused for anybody but the reviewer and
    those who coordinate a scheme of theirs; for limits of one's own; and for what is not in the lists."""
    with transaction.atomic():
        role = speaking_role(reviewer, by)
        if by == reviewer and set(values).intersection(LIMITS):
            raise Refused([Reason("own_limits")])
        reasons = [reason for name, value in values.items() for reason in _unlike(name, value)]
        if reasons:
            raise Refused(reasons)
        User.objects.select_for_update(no_key=True).get(pk=reviewer.pk)
        profile = profile_of(reviewer)
        before = said_of(profile)
        after = {**before, **{name: _kept(value) for name, value in values.items()}}
        changed = [name for name in after if after[name] != before[name]]
        if changed:
            for name in changed:
                setattr(profile, name, after[name])
            profile.save()
            said = {"before": before, "after": after}
            data = {side: {name: kept[name] for name in changed} for side, kept in said.items()}
            record(reviewer.pk, PROFILE, by, role=role, data=data)
    return profile


def say_leave(*, reviewer: User, begins_on: date, ends_on: date, note: str = "", by: User) -> Leave:
    """Write down that `reviewer` is away from the first day to the last, and beside the event why. Raises Refused
    as `change_profile` does, and for days that make no leave."""
    reasons = [*_unlike_leave(begins_on, ends_on), *unlike_text(note)]
    with transaction.atomic():
        role = speaking_role(reviewer, by)
        if reasons:
            raise Refused(reasons)
        data = {"from": begins_on.isoformat(), "to": ends_on.isoformat()}
        event = record(reviewer.pk, LEAVE, by, role=role, comment=kept_text(note), data=data)
        return Leave.objects.create(person=reviewer, seq=event.seq, begins_on=begins_on, ends_on=ends_on)


def cancel_leave(*, leave: Leave, by: User) -> None:
    """The reviewer is there after all. One that is cancelled stays so."""
    with transaction.atomic():
        role = speaking_role(leave.person, by)
        standing = Leave.objects.filter(pk=leave.pk, cancelled_at=None)
        if standing.update(cancelled_at=timezone.now()):
            record(leave.person_id, CANCELLED, by, role=role, data={"said": leave.seq})


def speaking_role(reviewer: User, by: User) -> str:
    """The role in which `by` speaks of what `reviewer` takes. Raises Refused where there is none. Two queries."""
    schemes = schemes_granted(reviewer, "reviewer")
    if by.pk == reviewer.pk and schemes:
        return "reviewer"
    theirs = schemes_granted(by, "coordinator")
    if theirs & schemes or (schemes and "" in theirs) or (theirs and "" in schemes):
        return "coordinator"
    raise Refused([Reason("not_their_coordinator")])


def schemes_granted(person: User, role: str) -> set[str]:
    """The schemes for which `person` holds `role` now; "" is every scheme. One query."""
    held = RoleGrant.objects.filter(in_force(), user=person, role=role, user__is_active=True)
    return set(held.values_list("scheme", flat=True))


def reviewers_under(schemes: Collection[str]) -> QuerySet[User]:
    """Everybody who may review under one of `schemes`, of which "" is every scheme, by name, with profiles."""
    grants = RoleGrant.objects.filter(in_force(), role="reviewer")
    if "" not in schemes:
        grants = grants.filter(scheme__in=[*schemes, ""])
    people = User.objects.filter(is_active=True, pk__in=grants.values("user"))
    return people.select_related("reviewer_profile").order_by("name", "pk")


def profile_of(reviewer: User) -> ReviewerProfile:
    """Not saved, where nobody has said anything yet. One query."""
    found = ReviewerProfile.objects.filter(person=reviewer).first()
    return found or ReviewerProfile(person=reviewer)


def said_of(profile: ReviewerProfile) -> dict[str, Any]:
    return {name: getattr(profile, name) for name in (*TAKES, *LIMITS)}


def _kept(value: Any) -> Any:
    return sorted(set(value)) if isinstance(value, list | tuple | set | frozenset) else value


_LISTS: Mapping[str, Any] = {"languages": Written.values, "sectors": Sector.values}


def _unlike(name: str, value: Any) -> Iterator[Reason]:
    if name == "countries":
        wrong = sorted(each for each in value if not is_country(each))
    elif name in _LISTS:
        wrong = sorted(each for each in value if each not in _LISTS[name])
    else:
        wrong = []
        if name == "most" and value is not None and not 0 <= value <= HIGHEST:
            yield Reason("cap_out_of_range", {"most": HIGHEST})
    if wrong:
        yield Reason("profile_unlisted", {"field": name, "values": [each[:40] for each in wrong[:10]]})


def _unlike_leave(begins_on: date, ends_on: date) -> Iterator[Reason]:
    today = timezone.localdate()
    if ends_on < begins_on:
        yield Reason("leave_backwards")
    elif ends_on < today:
        yield Reason("leave_over")
    elif ends_on - begins_on > LONGEST_LEAVE or begins_on - today > FARTHEST:
        yield Reason("leave_endless")
