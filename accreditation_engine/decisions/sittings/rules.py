"""Who calls a sitting, who leads it, and who may look at it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.models import Scheme
from accreditation_engine.engine.parts import closed_as
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.organisations.roles import CHAIR, CHAIRED, in_force

from .models import AgendaItem, Convened, Sitting, SittingScheme

COORDINATOR, AUDITOR = "coordinator", "auditor"


def schemes_called_by(person: User) -> list[str]:
    """The schemes of dossiers for whose sittings `person` is the coordinator, by name. Two queries."""
    grants = _grants(person, COORDINATOR).values_list("scheme", flat=True)
    known = Scheme.objects.filter(subject="dossier").order_by("name").values_list("name", flat=True)
    held = set(grants)
    return [name for name in known if "" in held or name in held]


def may_be_convened(schemes: Iterable[str]) -> QuerySet[User]:
    """Those who decide under one of `schemes`."""
    grants = RoleGrant.objects.filter(in_force(), user=OuterRef("pk"), role__in=CHAIRED)
    theirs = grants.filter(Q(scheme="") | Q(scheme__in=list(schemes)))
    return User.objects.filter(Exists(theirs), is_active=True).order_by("name", "pk")


def roles_of(people: Iterable[User]) -> dict[UUID, list[str]]:
    """The roles in which each of `people` decides, whatever the scheme. One query."""
    grants = RoleGrant.objects.filter(in_force(), user__in=list(people), role__in=(*CHAIRED, CHAIR))
    found: dict[UUID, list[str]] = {}
    for user, role in grants.order_by("role").values_list("user", "role").distinct():
        found.setdefault(user, []).append(role)
    return found


def sittings_of(person: User) -> QuerySet[Sitting]:
    """Those that `person` may look at: who is convened, coordinators of one of the schemes, and its auditors, but
    for sittings on a file to which these are a party."""
    seat = Convened.objects.filter(sitting=OuterRef("pk"), member=person)
    audited = _under(person, AUDITOR) & ~Q(Exists(about_a_file_closed_to(person)))
    return Sitting.objects.filter(_under(person, COORDINATOR) | audited | Q(Exists(seat)))


def about_a_file_closed_to(auditor: User) -> QuerySet[AgendaItem]:
    """What stands on the agenda of the sitting of the row around that the auditor is a party to."""
    files = Dossier.objects.filter(closed_as(Dossier, auditor.pk, AUDITOR))
    return AgendaItem.objects.filter(sitting=OuterRef("pk"), dossier__in=files)


def _under(person: User, role: str) -> Q:
    grants = _grants(person, role)
    of_scheme = SittingScheme.objects.filter(sitting=OuterRef("pk"), scheme__in=grants.values("scheme"))
    return Q(Exists(of_scheme)) | Q(Exists(grants.filter(scheme="")))


def leads(person: User, sitting: Sitting) -> str:
    """The role in which `person` leads the sitting: a coordinator of one of its schemes, or a chair who is
    convened; "" for nobody else. One query."""
    seat = Convened.objects.filter(sitting=sitting, member=person)
    may = Q(role=COORDINATOR) | Q(Exists(seat), role=CHAIR)
    where = Q(scheme="") | Q(scheme__in=sitting.schemes.values("scheme"))
    held = set(RoleGrant.objects.filter(in_force(), may, where, user=person).values_list("role", flat=True))
    return next((role for role in (COORDINATOR, CHAIR) if role in held), "")


def require_lead(person: User, sitting: Sitting) -> str:
    """Raises Refused for whoever does not lead the sitting."""
    role = leads(person, sitting)
    if not role:
        raise Refused([Reason("not_your_role", {"roles": [COORDINATOR, CHAIR]})])
    return role


def _grants(person: User, role: str) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(in_force(), user=person, role=role)
