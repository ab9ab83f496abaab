"""Letters that call to a vote: told to those whose vote the ballot still waits for, and to nobody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists

from accreditation_engine.decisions.seats import Seats, awaited, seats_of
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.organisations.letters.models import Letter


def called_in_vain(letters: Sequence[Letter]) -> set[UUID]:
    """Those of `letters`, all to one reader, that call to a ballot in which the reader has no seat, has voted, or
    which is over because the file stands elsewhere. One query for each kind of seats among them."""
    calls: dict[Seats, list[Letter]] = defaultdict(list)
    for each in letters:
        for seats in _seats(each):
            calls[seats].append(each)
    wanted: set[UUID] = set()
    for seats, those in calls.items():
        waiting = _waiting(seats, those)
        wanted |= {each.pk for each in those if each.dossier in waiting}
    return {each.pk for those in calls.values() for each in those} - wanted


def _seats(letter: Letter) -> Sequence[Seats]:
    """The seats in the state to which the step led, that people in the letter's role hold."""
    if letter.stream != letter.dossier:
        return ()
    found = seats_of(letter.facts["edition"]).get(letter.facts["state"], ())
    return [each for each in found if letter.role in each.roles]


def _waiting(seats: Seats, letters: Sequence[Letter]) -> set[UUID]:
    """The files in which a vote of the reader is awaited in such a seat."""
    reader = letters[0].person_id
    files = Dossier.objects.filter(pk__in={each.dossier for each in letters}, state__in=seats.states)
    return set(files.filter(Exists(awaited(Dossier, seats).filter(pk=reader))).values_list("pk", flat=True))
