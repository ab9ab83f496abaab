"""The organisation names a tie with somebody: it bars them as their own word would, until two people allow it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import require_role
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.registry import roles
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.organisations.roles import in_force
from accreditation_engine.trail.folding import folded
from accreditation_engine.written import kept_line, kept_text

from .declaring import unlike_tie
from .known import KINDS
from .letters import tell_of_interest
from .models import Interest

TIE_NAMED, NAMED_BY = "tie_named", "applicant"


def name_tie(*, dossier: Dossier, name: str, kind: str, reason: str, by: User) -> None:
    """Somebody called `name` has a tie of `kind` with the organisation, for `reason`. Who of those that handle
    files under the scheme is meant is found by name or address; every one who bears the name is. It is not told
    whether anybody does: who they are is not the organisation's to find out. A coordinator is told.

    Raises Refused for everybody but the organisation's people, and where something is missing.
    """
    role = require_role(dossier, by, NAMED_BY)
    typed = kept_line(name)
    reasons = [] if typed else [Reason("nobody_named")]
    if kind not in KINDS:
        reasons.append(Reason("no_such_tie"))
    else:
        reasons += unlike_tie(kind, reason)
    if reasons:
        raise Refused(reasons)
    said = f"{typed}\n\n{kept_text(reason)}"
    with transaction.atomic():
        locked = locked_row(dossier)
        found: list[User | None] = [*meant_by(typed, locked.scheme)]
        for person in found or [None]:
            _keep(locked, role, kind, said, person, by)
        tell_of_interest(locked, by)


def meant_by(name: str, scheme: str) -> list[User]:
    """Who of those that handle files under `scheme` is called `name`, or has it as their address, spelt as it may
    be."""
    handling = [each for each, role in roles.items() if role.barred is not None]
    grants = RoleGrant.objects.filter(in_force(), Q(scheme="") | Q(scheme=scheme), role__in=handling)
    people = User.objects.filter(Exists(grants.filter(user=OuterRef("pk"))), is_active=True)
    wanted = folded(name)
    return [
        each
        for each in people.order_by("pk")
        if wanted in (folded(" ".join(each.name.split())), folded(each.email))
    ]


def _keep(dossier: Dossier, role: str, kind: str, said: str, person: User | None, by: User) -> None:
    data: dict[str, str | None] = {"kind": kind, "person": None}
    if person is not None:
        data |= person.named_as("person")
    event = record(dossier.pk, TIE_NAMED, by, role=role, edition=dossier.edition_id, comment=said, data=data)
    Interest.objects.create(
        dossier=dossier, person=person, kind=kind, role=role, seq=event.seq, declared_at=event.at
    )
