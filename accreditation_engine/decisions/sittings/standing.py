"""How a panel stands before each dossier of an agenda: who may decide on it, who is kept out, whether those who
came are enough. A few queries, however long the agenda is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from accreditation_engine.decisions.dissenting import DISSENTED
from accreditation_engine.decisions.models import Ballot, Dissent, Minute, Recusal, Vote
from accreditation_engine.decisions.queries import quorums
from accreditation_engine.decisions.seats import Seats, seated, seats_of
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.facts import Rows
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.interests.ties import Pair, kept_out
from accreditation_engine.trail.models import Event

from .minuting import MINUTED
from .models import Convened, Sitting

People = frozenset[UUID]
PEOPLE = ("able", "present", "barred", "recused")


@dataclass(frozen=True)
class Before:
    """The panel before one dossier. `able` are those convened who may decide on it, `present` those of them who
    came; `barred` and `recused` the others, by why. `quorum` is 0 where nothing is voted on now. `ballot` is the
    number of the ballot that the sitting decides by, 0 for none."""

    able: People = frozenset()
    present: People = frozenset()
    barred: People = frozenset()
    recused: People = frozenset()
    quorum: int = 0
    ballot: int = 0

    @property
    def enough(self) -> bool:
        """Whether those present are enough, counted without whoever may not decide."""
        return len(self.present) >= self.quorum

    def as_data(self) -> dict[str, Any]:
        """For an event: codes alone."""
        listed = {name: sorted(str(each) for each in getattr(self, name)) for name in PEOPLE}
        return {**listed, "quorum": self.quorum, "ballot": self.ballot}

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Before:
        listed = {name: frozenset(map(UUID, data[name])) for name in PEOPLE}
        return cls(**listed, quorum=data["quorum"], ballot=data["ballot"])


@dataclass
class _Found:
    barred: People = frozenset()
    recused: People = frozenset()
    able: People = frozenset()
    came: People = frozenset()
    quorum: int = 0
    ballot: int = 0


def before_the_sitting(sitting: Sitting, dossiers: Collection[Dossier]) -> dict[UUID, Before]:
    """The panel of `sitting` before each of `dossiers`, as of now: by the ids of the dossiers. One query, and one
    for each kind of seats."""
    found = {each.pk: _Found() for each in dossiers}
    _convened(sitting, found)
    for seats, those in _by_seats(dossiers).items():
        _able(sitting, seats, those, found)
    return {
        pk: Before(
            able=each.able,
            present=each.able & each.came,
            barred=each.barred - each.recused,
            recused=each.recused,
            quorum=each.quorum,
            ballot=each.ballot,
        )
        for pk, each in found.items()
    }


def _convened(sitting: Sitting, found: Mapping[UUID, _Found]) -> None:
    """Of those convened: who came, whom an interest keeps out, and who stepped aside; and the latest ballot."""
    seat = Convened.objects.filter(sitting=sitting, member=OuterRef("pk"))
    pair = Pair(OuterRef("pk"), OuterRef(OuterRef("pk")), OuterRef(OuterRef("organisation")))
    convened = User.objects.filter(Exists(seat)).order_by("pk")
    recused = Recusal.objects.filter(dossier=OuterRef(OuterRef("pk")), member=OuterRef("pk"))
    ballots = Ballot.objects.filter(dossier=OuterRef("pk")).order_by("-number").values("number")
    rows = Dossier.objects.filter(pk__in=found).annotate(
        barred=Rows(convened.filter(kept_out(pair)), "id"),
        recused=Rows(convened.filter(Exists(recused)), "id"),
        came=Rows(convened.filter(Exists(seat.exclude(came_at=None))), "id"),
        ballot=Subquery(ballots[:1]),
    )
    for pk, barred, stepped_aside, came, ballot in rows.values_list(
        "pk", "barred", "recused", "came", "ballot"
    ):
        found[pk].barred, found[pk].recused = _people(barred), _people(stepped_aside)
        found[pk].came, found[pk].ballot = _people(came), ballot or 0


def _by_seats(dossiers: Iterable[Dossier]) -> dict[Seats, list[Dossier]]:
    found: dict[Seats, list[Dossier]] = defaultdict(list)
    for each in dossiers:
        for seats in seats_of(each.edition_id).get(each.state, ()):
            found[seats].append(each)
    return found


def _able(sitting: Sitting, seats: Seats, those: list[Dossier], found: Mapping[UUID, _Found]) -> None:
    """One query."""
    seat = Convened.objects.filter(sitting=sitting, member=OuterRef("pk"))
    able = Rows(seated(Dossier, seats).filter(Exists(seat)), "id")
    rows = Dossier.objects.filter(pk__in=[each.pk for each in those]).annotate(able=able)
    for pk, members in rows.values_list("pk", "able"):
        found[pk].able |= _people(members)
    for each in those:
        found[each.pk].quorum = quorums(compiled(each.edition_id)).get(each.state, 0)


def _people(rows: Iterable[Mapping[str, str]]) -> People:
    return frozenset(UUID(each["id"]) for each in rows)


def votes_in(dossiers: Iterable[UUID]) -> dict[tuple[UUID, int], list[Vote]]:
    """By dossier and number of the ballot; `dissent_seq` is the event with which whoever voted dissented, None for
    none. One query. Whoever asks has to look first what may be known of it."""
    found: dict[tuple[UUID, int], list[Vote]] = defaultdict(list)
    theirs = Dissent.objects.filter(ballot=OuterRef("ballot"), member=OuterRef("member")).values("seq")
    rows = Vote.objects.filter(ballot__dossier__in=list(dossiers)).select_related("ballot", "member")
    for each in rows.annotate(dissent_seq=Subquery(theirs)).order_by("pk"):
        found[each.ballot.dossier_id, each.ballot.number].append(each)
    return found


def said_in(sitting: Sitting, dossiers: Collection[Dossier]) -> list[Event]:
    """The events by which was decided on `dossiers`, dissented, and written down what was said of them at this
    sitting; in order. One query."""
    deciding = {name for each in dossiers for name in compiled(each.edition_id).deciding}
    written = Minute.objects.filter(sitting=sitting, dossier=OuterRef("stream"), seq=OuterRef("seq"))
    wanted = Q(kind="transition", transition__in=deciding) | Q(kind=DISSENTED)
    wanted |= Q(Exists(written), kind=MINUTED)
    rows = Event.objects.filter(wanted, stream__in=[each.pk for each in dossiers])
    return list(rows.order_by("seq"))


def decisions_in(events: Iterable[Event]) -> dict[tuple[UUID, int], Event]:
    """Those of `events` that decided, by dossier and number of the ballot."""
    return {
        (event.stream, event.data["judged"]["ballot"]): event
        for event in events
        if event.kind == "transition" and "ballot" in event.data.get("judged", {})
    }
