"""One dossier in the eyes of one person: the roles they play for it, and what those may see."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.utils.translation import get_language

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import READERS, dossier_with_roles
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.visibility import visible
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.visits import DRAWERS


@dataclass(frozen=True)
class Reader:
    """`things` is all that may appear on a page for this person; whatever builds a page asks it first."""

    person: User
    dossier: Dossier
    roles: frozenset[str]
    things: frozenset[str]

    @property
    def scheme(self) -> Compiled:
        return compiled(self.dossier.edition_id)

    @property
    def outside(self) -> bool:
        """Somebody of the organisation and nothing else: states bear the titles made for them, and nobody's
        name is told."""
        return only_applicant(self.roles)

    @property
    def names(self) -> bool:
        """Whether people are called by their names: to those who read the trail or the votes anyway."""
        return self.sees("trail", "votes")

    @property
    def reads_draws(self) -> bool:
        """Whether samples for visits are shown: to those who draw them, and to those who read of them in the
        trail."""
        return self.sees("trail") or not self.roles.isdisjoint(DRAWERS)

    def sees(self, *things: str) -> bool:
        """Whether any of `things` may be seen."""
        return not self.things.isdisjoint(things)

    def must_see(self, *things: str) -> None:
        """A page about what may not be seen does not exist."""
        if not self.sees(*things):
            raise Http404

    def plays(self, role: str) -> bool:
        return role in self.roles


def only_applicant(roles: frozenset[str]) -> bool:
    return roles.intersection(READERS) == {"applicant"}


def reader_of(person: User, pk: UUID) -> Reader:
    """Raises Http404 where the dossier does not exist for `person`. One query."""
    found = dossier_with_roles(person, pk)
    if found is None:
        raise Http404
    dossier, roles = found
    return Reader(person, dossier, roles, visible(dossier, roles))


def language() -> str:
    return get_language() or "ar"
