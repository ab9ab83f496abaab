"""Who acts or reads for an organisation: whoever registered it, and colleagues whom its owners invite, by a link
that is sent by mail. The last owner stays."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accreditation_engine.engine.acting import Person
from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.trail.content import SYSTEM, Actor
from accreditation_engine.trail.salted import new_salt, salted_digest

from .domain import join, leave
from .models import Invitation, Membership, Organisation, Standing, User
from .registering import register_organisation

APPLICANT = "applicant"
HOLDS_FOR = timedelta(days=14)
MOST_OPEN = 30
"""Invitations of one organisation that nobody has accepted yet."""
SALT = "organisations.invitation"


def found_organisation(*, by: User, **values: str) -> Organisation:
    """Register an organisation as `register_organisation` does; `by` is its owner from the first moment."""
    with transaction.atomic():
        organisation = register_organisation(by=by, **values)
        join(organisation=organisation, user=by, by=by, standing=Standing.OWNER)
    return organisation


def invite(*, organisation: Organisation, email: str, standing: str, language: str, by: User) -> Invitation:
    """Let whoever reads the mail of `email` act for the organisation, as soon as they accept, within HOLDS_FOR.
    The event has the digest of the address. Raises Refused for everybody but owners, for what is no address, for
    members and those who are invited already, and where too many are."""
    wanted = email.strip().lower()
    with transaction.atomic():
        _owned(organisation, by)
        if reasons := _unlike(organisation, wanted, standing):
            raise Refused(reasons)
        for old in _open(organisation).filter(email=wanted):
            _close(old, Invitation.State.WITHDRAWN, by)
        invitation = Invitation.objects.create(
            organisation=organisation,
            email=wanted,
            email_salt=new_salt(),
            standing=standing,
            language=language,
            invited_by=by,
            expires_at=timezone.now() + HOLDS_FOR,
        )
        data = {
            "invitation": str(invitation.pk),
            "email_digest": salted_digest(invitation.email_salt, wanted),
            "standing": standing,
        }
        record(organisation.pk, "colleague_invited", by, role=APPLICANT, data=data)
    return invitation


def _unlike(organisation: Organisation, email: str, standing: str) -> list[Reason]:
    try:
        validate_email(email)
    except ValidationError:
        return [Reason("no_address", {"typed": email})]
    if standing not in Standing.values:
        return [Reason("unknown_standing", {"value": standing})]
    if Membership.objects.filter(organisation=organisation, user__email=email, ended_at=None).exists():
        return [Reason("member_already", {"typed": email})]
    waiting = waiting_invitations(organisation)
    if waiting.filter(email=email).exists():
        return [Reason("invited_already", {"typed": email})]
    if waiting.count() >= MOST_OPEN:
        return [Reason("too_many_invitations", {"most": MOST_OPEN})]
    return []


def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    """Its link leads nowhere from now on, and the address is kept no longer. One that is closed stays as it is.
    Raises Refused for everybody but owners."""
    with transaction.atomic():
        _owned(invitation.organisation, by)
        locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if locked.state == Invitation.State.OPEN:
            _close(locked, Invitation.State.WITHDRAWN, by)


def accept_invitation(*, invitation: Invitation, user: User) -> Membership:
    """`user`, who came by its link, acts for the organisation from now on. Raises Refused where it was withdrawn,
    accepted, or is too old."""
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=invitation.organisation_id)
        locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if not locked.holds:
            raise Refused([Reason("invitation_over")])
        _close(locked, Invitation.State.ACCEPTED, user)
        return join(
            organisation=invitation.organisation, user=user, by=user, standing=Standing(locked.standing)
        )


def _close(invitation: Invitation, state: Invitation.State, by: Person | Actor) -> None:
    invitation.state, invitation.email, invitation.email_salt = state, "", ""
    invitation.save(update_fields=["state", "email", "email_salt"])
    data = {"invitation": str(invitation.pk), "accepted": state == Invitation.State.ACCEPTED}
    record(invitation.organisation_id, "invitation_closed", by, data=data)


@periodic("old invitations", every=timedelta(days=1))
def close_old_invitations() -> None:
    """Addresses of people who did not come are not kept."""
    for pk in Invitation.objects.filter(
        state=Invitation.State.OPEN, expires_at__lte=timezone.now()
    ).values_list("pk", flat=True):
        with transaction.atomic():
            locked = Invitation.objects.select_for_update().get(pk=pk)
            if locked.state == Invitation.State.OPEN:
                _close(locked, Invitation.State.WITHDRAWN, SYSTEM)


def end_membership(*, membership: Membership, by: User) -> None:
    """Owners end the membership of others, and everybody their own. Raises Refused for others, and for that of the
    last owner."""
    with transaction.atomic():
        organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
        if membership.user_id != by.pk:
            _owned(organisation, by)
        _keep_an_owner(membership)
        leave(membership=membership, by=by)


def change_standing(*, membership: Membership, standing: str, by: User) -> None:
    """Make somebody an owner, a member or a reader. Raises Refused for everybody but owners, and for the last of
    them."""
    with transaction.atomic():
        _owned(membership.organisation, by)
        if standing not in Standing.values:
            raise Refused([Reason("unknown_standing", {"value": standing})])
        locked = Membership.objects.select_for_update().get(pk=membership.pk)
        if locked.ended_at is not None or locked.standing == standing:
            return
        _keep_an_owner(locked)
        locked.standing = standing
        locked.save(update_fields=["standing"])
        data = {"organisation": str(locked.organisation_id), "standing": standing}
        record(locked.user_id, "standing_changed", by, role=APPLICANT, data=data)


def _keep_an_owner(membership: Membership) -> None:
    others = owners_of(membership.organisation_id).exclude(pk=membership.pk)
    if membership.standing == Standing.OWNER and not others.exists():
        raise Refused([Reason("last_owner")])


def _owned(organisation: Organisation, by: User) -> None:
    """Under a lock of the organisation, so that two owners do not make each other something else at once."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not owners_of(organisation.pk).filter(user=by).exists():
        raise Refused([Reason("not_owner")])


def owners_of(organisation: UUID) -> QuerySet[Membership]:
    return Membership.objects.filter(
        organisation=organisation, standing=Standing.OWNER, ended_at=None, user__is_active=True
    )


def waiting_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Those that can still be accepted."""
    return _open(organisation).filter(expires_at__gt=timezone.now())


def _open(organisation: Organisation) -> QuerySet[Invitation]:
    return Invitation.objects.filter(organisation=organisation, state=Invitation.State.OPEN)


def token_of(invitation: Invitation) -> str:
    """What stands in its link."""
    return signing.dumps(str(invitation.pk), salt=SALT)


def invitation_of(token: str) -> Invitation | None:
    """Whose link it is, open or not; None where it is none of ours, or too old."""
    try:
        pk = UUID(signing.loads(token, salt=SALT, max_age=HOLDS_FOR))
    except (signing.BadSignature, ValueError):
        return None
    return Invitation.objects.select_related("organisation", "invited_by").filter(pk=pk).first()
