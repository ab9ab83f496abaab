"""The dossiers that letters are about, in the eyes of who they are to, now that they are sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast
from uuid import UUID

from django.db.models import UUIDField

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import READERS
from accreditation_engine.engine.parts import Parts, parts_in_sql, parts_of
from accreditation_engine.engine.prepared import USER, Asked, Given, Prepared
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
    found = {row: parts_of(row) for row in _rows(person, sorted(told_as))}
    sealed = sealed_in(found)
    return {
        row.pk: _reading(row, parts, sealed)
        for row, parts in found.items()
        if not parts.known.isdisjoint({*READERS, *told_as[row.pk]})
    }


@dataclass(frozen=True, kw_only=True)
class _AskedOf(Asked):
    """Of which dossiers the query asks: as many as it has gaps for."""

    dossiers: Sequence[UUID]


def _rows(person: UUID, dossiers: Sequence[UUID]) -> list[Dossier]:
    """With the parts that `person` plays. Letters are many, and building this query takes five times as long as
    answering it: it is built once for every power of two, and gaps that are left ask for the last once more."""
    gaps = 1 << (len(dossiers) - 1).bit_length()
    left = [dossiers[-1]] * (gaps - len(dossiers))
    return _asking(gaps).send(_AskedOf(user=person, dossiers=[*dossiers, *left]))


@lru_cache
def _asking(gaps: int) -> Prepared:
    rows = Dossier.objects.filter(pk__in=[_dossier(place) for place in range(gaps)])
    return Prepared(rows.select_related("organisation").annotate(**parts_in_sql(Dossier, USER)))


def _dossier(place: int) -> Given:
    return Given(lambda asked: cast(_AskedOf, asked).dossiers[place], UUIDField())


def _reading(dossier: Dossier, parts: Parts, sealed: Sealed) -> Reading:
    outside, opens = reads_outer_words(dossier, parts.known), not parts.known.isdisjoint(READERS)
    return Reading(dossier, parts, visible(dossier, parts.open, sealed), outside, opens)
