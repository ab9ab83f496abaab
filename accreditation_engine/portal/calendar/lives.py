"""Dates of what hangs on files and has a life of its own: the upkeep of certificates, changes of their scope,
concerns."""

from __future__ import annotations

from collections.abc import Iterator

from accreditation_engine.certificates.scope_change.opening import SCOPE_SCHEME
from accreditation_engine.certificates.upkeep.opening import UPKEEP_SCHEME
from accreditation_engine.complaints.domain import SCHEME as CONCERNS_SCHEME
from accreditation_engine.dossiers.queries import editions_of_each
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.complaints.calendar import concerns_due
from accreditation_engine.portal.people import parts_of
from accreditation_engine.portal.scope_change.calendar import changes_due
from accreditation_engine.portal.upkeep.calendar import upkeep_due

from .entries import Entry, dates

HANDLE = ("applicant", "coordinator", "panel")


@dates
def _lives(person: User) -> Iterator[Entry]:
    """Five queries, none for whoever deals with none."""
    roles = [each for each in HANDLE if each in parts_of(person)]
    if not roles:
        return
    editions = editions_of_each(UPKEEP_SCHEME, SCOPE_SCHEME, CONCERNS_SCHEME)
    yield from upkeep_due(person, editions[UPKEEP_SCHEME])
    yield from changes_due(person, roles, editions[SCOPE_SCHEME])
    yield from concerns_due(person, roles, editions[CONCERNS_SCHEME])
