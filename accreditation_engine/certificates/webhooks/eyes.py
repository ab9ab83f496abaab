"""As whom an address is told: as the organisation that it belongs to, of its own files alone; or as the
administrator who added it for the body, with what else they may read at this moment."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from accreditation_engine.definitions.base import Bilingual
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.outer_words import reads_outer_words_in
from accreditation_engine.dossiers.queries import READERS
from accreditation_engine.dossiers.rules import parts_in_many
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.organisations.administering import administered_by
from accreditation_engine.organisations.models import User

from .models import Endpoint

APPLICANT, AUDITOR = "applicant", "auditor"
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Eyes:
    """Of both, one at most: with neither, what is public is all there is."""

    organisation: UUID | None
    person: User | None

    def among(self, rows: QuerySet[Row], owner: str = "dossier__organisation") -> QuerySet[Row]:
        """Those that may be theirs: an organisation's own alone, whose field is `owner`."""
        return rows if self.organisation is None else rows.filter(**{owner: self.organisation})

    def roles(self, dossiers: Collection[Dossier]) -> dict[UUID, frozenset[str]]:
        """By file, those in which it is read; nothing of a file that is not theirs. One query at most. What
        somebody reads as an auditor is written down each time, which a machine would only make worthless: so it
        is not told."""
        if self.organisation is not None:
            return {
                each.pk: frozenset({APPLICANT})
                for each in dossiers
                if each.organisation_id == self.organisation
            }
        if self.person is None or not dossiers:
            return {}
        found = {pk: parts.open - {AUDITOR} for pk, parts in parts_in_many(self.person, [*dossiers]).items()}
        return {pk: roles for pk, roles in found.items() if not roles.isdisjoint(READERS)}


def eyes_of(endpoint: Endpoint) -> Eyes:
    """Whoever administers no more lends the body's addresses nothing. One query at most, beside `made_by`."""
    if endpoint.organisation_id is not None:
        return Eyes(endpoint.organisation_id, None)
    person = endpoint.made_by
    lends = person is not None and person.is_active and administered_by(person) is None
    return Eyes(None, person if lends else None)


def shows(edition: str, state: str, roles: Collection[str], thing: str) -> bool:
    """Whether the state of an edition shows `thing` to one of `roles`."""
    known = compiled(edition).workflow.states.get(state)
    return known is not None and any(thing in known.shows.get(role, ()) for role in roles)


def state_read(edition: str, state: str, roles: frozenset[str]) -> tuple[str | None, Bilingual]:
    """The code of a file's state, which those do not learn who read the words made for applicants; and its
    title."""
    known = compiled(edition).workflow.states[state]
    if reads_outer_words_in(edition, state, roles):
        return None, known.public_title or known.title
    return state, known.title
