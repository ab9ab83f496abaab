"""One dossier in the eyes of one person: the roles they play for it, and what those may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.http import Http404
from django.utils.translation import get_language

from accreditation_engine.decisions.sealing import VOTES
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.outer_words import reads_outer_words_in
from accreditation_engine.dossiers.queries import READERS, dossier_with_parts
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.options import Option
from accreditation_engine.engine.parts import Parts
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.registry import roles
from accreditation_engine.engine.visibility import visible
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.report.kept import Kept, kept_by_organisation
from accreditation_engine.reviews.report.standing import REPORT
from accreditation_engine.reviews.visits import DRAWERS


@dataclass(frozen=True)
class Reader:
    """`things` is all that may appear on a page for this person; whatever builds a page asks it first. `roles`
    that are `reading` are played to read alone: their forms are not shown."""

    person: User
    dossier: Dossier
    roles: frozenset[str]
    things: frozenset[str]
    reading: frozenset[str] = frozenset()

    @property
    def scheme(self) -> Compiled:
        return compiled(self.dossier.edition_id)

    @property
    def outside(self) -> bool:
        """Somebody of the organisation and nothing else: states bear the titles made for them, and nobody's
        name is told."""
        return reads_outer_words(self.dossier, self.roles)

    @property
    def names(self) -> bool:
        """Whether people are called by their names: to those who read the trail or the votes anyway."""
        return self.sees("trail", VOTES) or any(each.startswith(f"{VOTES}:") for each in self.things)

    @property
    def reads_draws(self) -> bool:
        """Whether samples for visits are shown: to those who draw them, and to those who read of them in the
        trail."""
        return self.sees("trail") or not self.roles.isdisjoint(DRAWERS)

    @property
    def reads_visits(self) -> bool:
        """Whether visits are shown: to those who are visited, those who read of samples, and those who decide on
        what reviewers found."""
        return self.reads_draws or self.plays("applicant") or self.sees("ratings")

    @property
    def reads_interests(self) -> bool:
        """Whether something of interests is theirs to declare, to tell or to answer."""
        closable = any(roles[name].barred is not None for name in self.roles)
        return closable or self.sees("trail") or self.plays("applicant")

    @cached_property
    def kept_report(self) -> Kept:
        """What the organisation keeps of a report that its state shows it no more. One query for its people then,
        none for others."""
        if self.sees(REPORT) or not self.plays("applicant"):
            return Kept()
        return kept_by_organisation(self.dossier)

    @property
    def reads_report(self) -> bool:
        """Whether there is a page of the report for them, or of what they keep of it."""
        return self.sees(REPORT) or bool(self.kept_report)

    def sees(self, *things: str) -> bool:
        """Whether any of `things` may be seen."""
        return not self.things.isdisjoint(things)

    def offered(self, found: Iterable[Option]) -> list[Option]:
        """Of the steps that were found, those in a part that is open to the reader: what a step asks for tells of
        the file."""
        return [each for each in found if each.role in self.roles]

    def must_see(self, *things: str) -> None:
        """A page about what may not be seen does not exist."""
        if not self.sees(*things):
            raise Http404

    def plays(self, role: str) -> bool:
        return role in self.roles

    def acts(self, role: str) -> bool:
        """Whether they also do what the role lets them do."""
        return role in self.roles - self.reading


def reads_outer_words(dossier: Dossier, roles: frozenset[str]) -> bool:
    """Whether states of this file bear the titles made for applicants."""
    return reads_outer_words_in(dossier.edition_id, dossier.state, roles)


class NotForThem(Http404):
    """The dossier does not exist for whoever asked; it would but for `closed`, where that is not empty."""

    def __init__(self, dossier: Dossier, closed: list[Reason]) -> None:
        super().__init__("no such file")
        self.dossier, self.closed = dossier, closed


class MustDeclare(Exception):  # noqa: N818 - what is asked of the reader, not what went wrong
    """Nothing of the dossier is shown before interests are declared in one of `roles`."""

    def __init__(self, dossier: Dossier, roles: frozenset[str]) -> None:
        super().__init__(f"interests in {dossier} are to be declared")
        self.dossier, self.roles = dossier, roles


def reader_of(person: User, pk: UUID) -> Reader:
    """Raises Http404 where the dossier does not exist for `person`, and MustDeclare where they have not declared
    yet. One query."""
    dossier, parts = dossier_and_parts(person, pk)
    if parts.open.isdisjoint(READERS):
        raise MustDeclare(dossier, parts.undeclared)
    return Reader(person, dossier, parts.open, visible(dossier, parts.open), parts.reading)


def dossier_and_parts(person: User, pk: UUID) -> tuple[Dossier, Parts]:
    """The dossier, and the parts that `person` plays for it. Raises Http404 where it exists in none of them. One
    query."""
    found = dossier_with_parts(person, pk)
    if found is None:
        raise Http404
    dossier, parts = found
    if parts.known.isdisjoint(READERS):
        closed = parts.barred.intersection(READERS)
        raise NotForThem(dossier, parts.against(min(closed)) if closed else [])
    return dossier, parts


def language() -> str:
    return get_language() or "ar"
