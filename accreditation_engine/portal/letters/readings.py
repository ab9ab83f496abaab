"""The dossiers that letters are about, in the eyes of who they are to, now that they are sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import READERS, dossiers_with_parts
from accreditation_engine.engine.parts import Parts
from accreditation_engine.engine.visibility import Sealed, sealed_in, visible
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.letters.told import Reading
from accreditation_engine.portal.dossier.reader import reads_outer_words


def readings_of(person: UUID, letters: Iterable[Letter]) -> dict[UUID, Reading]:
    """By the dossiers' ids, only those that exist for `person`: they read them, or still play the part in which
    they are told. One query, none for none; and one more for each edition under which votes are secret."""
    told_as: dict[UUID, set[str]] = defaultdict(set)
    for each in letters:
        if each.dossier is not None:
            told_as[each.dossier].add(each.role)
    if not told_as:
        return {}
    found = dossiers_with_parts(person, sorted(told_as))
    sealed = sealed_in(row for row, _ in found)
    return {
        row.pk: _reading(row, parts, sealed)
        for row, parts in found
        if not parts.known.isdisjoint({*READERS, *told_as[row.pk]})
    }


def _reading(dossier: Dossier, parts: Parts, sealed: Sealed) -> Reading:
    outside, opens = reads_outer_words(dossier, parts.known), not parts.known.isdisjoint(READERS)
    return Reading(dossier, parts, visible(dossier, parts.open, sealed), outside, opens)
