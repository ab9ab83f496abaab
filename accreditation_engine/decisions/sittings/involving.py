"""Whom a sitting would be convened to hear what they had a hand in before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from accreditation_engine.decisions.seats import Seats, involved, seats_of
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.facts import Rows
from accreditation_engine.organisations.models import User


def involved_in(dossiers: Iterable[Dossier], people: Iterable[User]) -> dict[UUID, frozenset[UUID]]:
    """Who of `people` had a hand in each of `dossiers` before, so that they may not decide on it: by dossier, of
    those that are voted on where they stand, or after one more step. One query for each kind of seats."""
    those: dict[Seats, list[UUID]] = defaultdict(list)
    for each in dossiers:
        for seats in _seats_ahead(each):
            those[seats].append(each.pk)
    asked, found = [each.pk for each in people], defaultdict[UUID, frozenset[UUID]](frozenset)
    for seats, keys in those.items() if asked else ():
        hands = involved(Dossier, seats).filter(pk__in=asked)
        rows = Dossier.objects.filter(pk__in=keys).annotate(involved=Rows(hands, "id"))
        for pk, involved_there in rows.values_list("pk", "involved"):
            found[pk] |= {UUID(each["id"]) for each in involved_there}
    return dict(found)


def _seats_ahead(dossier: Dossier) -> list[Seats]:
    seats, workflow = seats_of(dossier.edition_id), compiled(dossier.edition_id).workflow
    if dossier.state in seats:
        return list(seats[dossier.state])
    ahead = {each.to for each in workflow.leaving(dossier.state).values()}
    return [each for state in sorted(ahead) for each in seats.get(state, ())]
