"""Who gives roles: administrators of the scheme or of every scheme, never to themselves; and that somebody is left
who does."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from accreditation_engine.engine.acting import Person, actor_of
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.trail.content import Actor

from .models import RoleGrant, User
from .roles import in_force

ADMINISTRATOR = "administrator"


def administered_by(person: User) -> frozenset[str] | None:
    """The schemes that `person` administers now; None is every scheme. One query."""
    grants = RoleGrant.objects.filter(in_force(), user=person, role=ADMINISTRATOR, user__is_active=True)
    schemes = frozenset(grants.values_list("scheme", flat=True))
    return None if "" in schemes else schemes


def may_not_give(user: User, scheme: str, by: Person | Actor) -> list[Reason]:
    """Why `by` gives no role for `scheme` ("" is every one) to `user`, and changes none. The system may."""
    own = [Reason("own_role")] if actor_of(by).id == user.pk else []
    return own + may_not_administer(scheme, by)


def may_not_administer(scheme: str, by: Person | Actor) -> list[Reason]:
    """Why `by` ends no role for `scheme` (one's own may be ended), and opens it under no edition."""
    actor = actor_of(by)
    if actor.id is None or _administers(actor, scheme):
        return []
    return [Reason("not_administrator", {"scheme": scheme})]


def _administers(actor: Actor, scheme: str) -> bool:
    grants = RoleGrant.objects.filter(
        in_force(), Q(scheme="") | Q(scheme=scheme), user=actor.id, role=ADMINISTRATOR, user__is_active=True
    )
    return grants.exists()


def as_whom(by: Person | Actor) -> str:
    """In which role roles are given and ended."""
    return "" if actor_of(by).id is None else ADMINISTRATOR


def locked_grant(grant: RoleGrant) -> RoleGrant:
    """The grant under a lock; with one of an administrator all of them are locked, in one order, so that the last
    two do not end each other at once."""
    rows = RoleGrant.objects.select_for_update().order_by("pk")
    if not _keeps_the_site(grant):
        return rows.get(pk=grant.pk)
    return {each.pk: each for each in rows.filter(role=ADMINISTRATOR, scheme="")}[grant.pk]


def refuse_to_leave_nobody(grant: RoleGrant) -> None:
    """Raises Refused where, without `grant` (under its lock), nobody would administer every scheme for as long as
    is settled now."""
    if not _keeps_the_site(grant):
        return
    as_long = ends_no_sooner(grant.until)
    others = RoleGrant.objects.filter(
        in_force(), as_long, role=ADMINISTRATOR, scheme="", user__is_active=True
    )
    if not others.exclude(pk=grant.pk).exists():
        raise Refused([Reason("last_administrator")])


def _keeps_the_site(grant: RoleGrant) -> bool:
    return grant.role == ADMINISTRATOR and not grant.scheme


def ends_no_sooner(until: datetime | None) -> Q:
    """Grants that last until then at least; None is for good."""
    return Q(until=None) if until is None else Q(until=None) | Q(until__gte=until)


def ends_sooner(grant: RoleGrant, until: datetime | None) -> bool:
    return until is not None and (grant.until is None or until < grant.until)
