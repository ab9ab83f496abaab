"""Who may look at a scheme, and at which of its pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from accreditation_engine.certificates.finished.specimen import certified_by
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.models import Scheme
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.organisations.roles import in_force
from accreditation_engine.portal.people import parts_of

WATCHERS = ("methodologist", "auditor", "coordinator", "administrator")
COMPARERS = ("methodologist", "auditor", "coordinator")
PLANNERS = ("methodologist",)
"""Who compares reviewers, and who tries other numbers on what was judged. Administrators see to accounts and
definitions; what people rated is none of their business."""
TEMPLATE_KEEPERS = ("methodologist", "administrator")
COMPARED = ("applicant", "reviewer")
"""Who appears in the figures: they could read from them what a colleague rated, or how a file will end."""


@dataclass(frozen=True)
class Viewer:
    """One scheme in the eyes of one person, who watches over it; `roles` are all that they hold for it."""

    person: User
    scheme: Scheme
    roles: frozenset[str]

    @property
    def compiled(self) -> Compiled:
        return compiled(self.scheme.edition_id)

    @property
    def compares(self) -> bool:
        """Whether figures that are made of people's ratings may be shown."""
        return self.roles.isdisjoint(COMPARED) and not self.roles.isdisjoint(COMPARERS)

    @property
    def plans(self) -> bool:
        """Whether other rubrics may be tried on what was judged."""
        return self.compares and not self.roles.isdisjoint(PLANNERS)

    @property
    def sees_specimens(self) -> bool:
        """Whether the template of the scheme's certificates is theirs to see to; where there are any."""
        kept = not self.roles.isdisjoint(TEMPLATE_KEEPERS)
        return kept and certified_by(self.compiled) is not None


def viewer_of(person: User, name: str) -> Viewer:
    """Raises Http404 where the scheme does not exist for `person`. Two queries."""
    scheme = schemes_of(person).filter(name=name).first()
    if scheme is None:
        raise Http404
    granted = _grants(person).filter(Q(scheme="") | Q(scheme=name)).values_list("role", flat=True)
    member = {"applicant"}.intersection(parts_of(person))
    return Viewer(person, scheme, frozenset(granted) | member)


def must(allowed: bool) -> None:
    """A page that is not for somebody does not exist."""
    if not allowed:
        raise Http404


def schemes_of(person: User) -> QuerySet[Scheme]:
    """The schemes over which `person` watches, with their open editions."""
    mine = _grants(person).filter(role__in=WATCHERS)
    here = Exists(mine.filter(Q(scheme="") | Q(scheme=OuterRef("name"))))
    return Scheme.objects.filter(here, subject="dossier").select_related("edition").order_by("name")


def watches(parts: Iterable[str]) -> bool:
    """Whether somebody who plays `parts` anywhere has schemes to look at."""
    return not set(parts).isdisjoint(WATCHERS)


def _grants(person: User) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(in_force(), user=person, user__is_active=True)
