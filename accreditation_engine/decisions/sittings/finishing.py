"""How far the votes on an agenda are when its sitting ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from accreditation_engine.decisions.closed import closed_ballot
from accreditation_engine.decisions.latest import latest_number, of_an_earlier_ballot
from accreditation_engine.decisions.models import Minute, Vote
from accreditation_engine.decisions.seats import Seats, awaited, governing, seats_of
from accreditation_engine.dossiers.models import Dossier

from .models import Sitting


@dataclass(frozen=True)
class Finish:
    """`running` are the files whose ballot still takes votes of this sitting; `voted` those in whose latest ballot
    somebody voted as one of it."""

    running: tuple[Dossier, ...]
    voted: frozenset[UUID]


def finish_of(sitting: Sitting, dossiers: Collection[Dossier]) -> Finish:
    """A ballot is over when all have voted who may, or it was closed. One in which nobody has voted runs as well,
    unless the minutes of the file say what becomes of it: then it was put off. Two queries for each kind of
    seats."""
    running, voted = set[UUID](), set[UUID]()
    for seats, those in _by_seats(dossiers).items():
        votes = Vote.objects.filter(~of_an_earlier_ballot(), ballot__dossier=OuterRef("pk"))
        minutes = Minute.objects.filter(sitting=sitting, dossier=OuterRef("pk"))
        here = Dossier.objects.filter(pk__in=those).annotate(
            here=governing(seats, OuterRef("pk")), latest=latest_number(), voted=Exists(votes)
        )
        here = here.filter(here=sitting.pk).exclude(latest=None)
        voted |= set(here.filter(voted=True).values_list("pk", flat=True))
        waiting = here.filter(Q(Exists(awaited(Dossier, seats))), Q(voted=True) | ~Q(Exists(minutes)))
        running |= set(waiting.filter(~closed_ballot(OuterRef("pk"))).values_list("pk", flat=True))
    return Finish(tuple(each for each in dossiers if each.pk in running), frozenset(voted))


def _by_seats(dossiers: Iterable[Dossier]) -> dict[Seats, list[UUID]]:
    found: dict[Seats, list[UUID]] = defaultdict(list)
    for each in dossiers:
        for seats in seats_of(each.edition_id).get(each.state, ()):
            found[seats].append(each.pk)
    return found
