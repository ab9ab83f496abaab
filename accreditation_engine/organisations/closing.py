"""Closing an account: nobody signs in to it any more, and nobody acts under it."""

from __future__ import annotations

from django.db import transaction

from accreditation_engine.engine.acting import Person
from accreditation_engine.engine.recording import record
from accreditation_engine.trail.content import Actor

from .domain import end_grant, leave
from .models import Membership, RoleGrant, User
from .roles import in_force
from .way_in import forget_way_in


def close_account(*, user: User, by: Person | Actor, role: str, reason: str) -> None:
    """End every membership and role of `user`, and let nobody sign in. What was done stays; an account that is
    closed stays as it is. Raises Refused for the last who administers every scheme."""
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        if not locked.is_active:
            return
        for membership in Membership.objects.filter(user=locked, ended_at=None):
            leave(membership=membership, by=by)
        for grant in RoleGrant.objects.filter(in_force(), user=locked):
            end_grant(grant=grant, by=by, reason=reason)
        locked.set_unusable_password()
        User.objects.filter(pk=locked.pk).update(is_active=False, password=locked.password)
        forget_way_in(locked.pk)
        record(locked.pk, "account_closed", by, role=role, comment=reason)
