"""How a panel stands before each dossier of an agenda: who may decide on it, who is kept out, whether those who
came are enough. A few queries, however long the agenda is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from accreditation_engine.decisions.dissenting import DISSENTED
from accreditation_engine.decisions.models import AgendaItem, Ballot, Dissent, Minute, Recusal, Vote
from accreditation_engine.decisions.queries import quorums
from accreditation_engine.decisions.recusing import RECUSED
from accreditation_engine.decisions.seats import Seats, able, involved, seated, seats_of
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.facts import Rows
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.interests.ties import Pair, kept_out
from accreditation_engine.trail.models import Event

from .models import ATTENDANCE_NOTED, MINUTED, Convened, Sitting

People = frozenset[UUID]
PEOPLE = ("able", "present", "barred", "recused", "involved")


@dataclass(frozen=True)
class Before:
    """The panel before one dossier. `able` are those convened who may decide on it, `present` those of them who
    came; `barred`, `recused` and `involved` the others, by why: an interest, stepping aside, a hand in the dossier
    before. `quorum` is 0 where nothing is voted on now. `ballot` is the
    number of the ballot that the sitting decides by, 0 for none; `settled` says that it was decided here, and is
    not kept."""

    able: People = frozenset()
    present: People = frozenset()
    barred: People = frozenset()
    recused: People = frozenset()
    involved: People = frozenset()
    quorum: int = 0
    ballot: int = 0
    settled: bool = field(default=False, compare=False)

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
        listed = {name: frozenset(map(UUID, data.get(name, ()))) for name in PEOPLE}
        return cls(
            able=listed["able"],
            present=listed["present"],
            barred=listed["barred"],
            recused=listed["recused"],
            involved=listed["involved"],
            quorum=data["quorum"],
            ballot=data["ballot"],
        )


@dataclass
class _Found:
    """`states` are those whose seats count: where the dossier stands, or stood when it was decided here."""

    states: tuple[str, ...]
    barred: People = frozenset()
    recused: People = frozenset()
    able: People = frozenset()
    involved: People = frozenset()
    came: People = frozenset()
    quorum: int = 0
    ballot: int = 0
    settled: bool = False


def before_the_sitting(sitting: Sitting, dossiers: Collection[Dossier]) -> dict[UUID, Before]:
    """The panel of `sitting` before each of `dossiers`: as of now, or of the ballot by which it was decided here,
    whatever became of the dossier since. By the ids of the dossiers. One query, and one for each kind of seats."""
    found = {each.pk: _Found((each.state,)) for each in dossiers}
    _convened(sitting, dossiers, found)
    for (seats, settled), those in _by_seats(dossiers, found).items():
        _able(sitting, seats, those, found, settled=settled)
    return {
        pk: Before(
            able=each.able,
            present=each.able & each.came,
            barred=each.barred - each.recused,
            recused=each.recused,
            involved=each.involved - each.barred - each.recused,
            quorum=each.quorum,
            ballot=each.ballot,
            settled=each.settled,
        )
        for pk, each in found.items()
    }


def _convened(sitting: Sitting, dossiers: Collection[Dossier], found: Mapping[UUID, _Found]) -> None:
    """Of those convened: who came, whom an interest keeps out, and who stepped aside; and the ballot that is the
    sitting's."""
    seat = Convened.objects.filter(sitting=sitting, member=OuterRef("pk"))
    pair = Pair(OuterRef("pk"), OuterRef(OuterRef("pk")), OuterRef(OuterRef("organisation")))
    convened = User.objects.filter(Exists(seat)).order_by("pk")
    recused = Recusal.objects.filter(dossier=OuterRef(OuterRef("pk")), member=OuterRef("pk"))
    rows = Dossier.objects.filter(pk__in=found).annotate(
        barred=Rows(convened.filter(kept_out(pair)), "id"),
        recused=Rows(convened.filter(Exists(recused)), "id"),
        came=Rows(convened.filter(Exists(seat.exclude(came_at=None))), "id"),
        decided=_decision(sitting, dossiers, "transition"),
        ballot=_ballot(sitting, dossiers),
    )
    names = ("pk", "edition", "barred", "recused", "came", "decided", "ballot")
    for pk, edition, barred, stepped_aside, came, decided, ballot in rows.values_list(*names):
        each = found[pk]
        each.barred, each.recused = _people(barred), _people(stepped_aside)
        each.came, each.ballot = _people(came), ballot or 0
        if decided:
            each.states, each.settled = compiled(edition).workflow.transitions[decided].from_, True


def _decision(sitting: Sitting, dossiers: Iterable[Dossier], column: str) -> Subquery:
    """Of the event of the dossier in the query around by which it was decided first since it is on the agenda."""
    item = AgendaItem.objects.filter(sitting=sitting, dossier=OuterRef("stream"), added_at__lt=OuterRef("at"))
    events = Event.objects.filter(
        Exists(item), stream=OuterRef("pk"), kind="transition", transition__in=_deciding(dossiers)
    )
    return Subquery(events.order_by("seq").values(column)[:1])


def _deciding(dossiers: Iterable[Dossier]) -> set[str]:
    """The steps that decide on them."""
    editions = {each.edition_id for each in dossiers}
    return {name for edition in editions for name in compiled(edition).deciding}


def _ballot(sitting: Sitting, dossiers: Iterable[Dossier]) -> Subquery:
    """The number of the last ballot that was open before that, or of the last there is."""
    decided_at = _decision(sitting, dossiers, "at")
    asked = Dossier.objects.filter(pk=OuterRef("dossier")).annotate(until=decided_at)
    open_before = asked.filter(Q(until=None) | Q(until__gt=OuterRef("opened_at")))
    ballots = Ballot.objects.filter(Exists(open_before), dossier=OuterRef("pk"))
    return Subquery(ballots.order_by("-number").values("number")[:1])


def settled_in(sitting: Sitting) -> list[Dossier]:
    """Of its agenda, what was decided since it is there, or written down of: that is the sitting's for good. Two
    queries."""
    dossiers = _on_the_agenda(sitting)
    minuted = Minute.objects.filter(sitting=sitting, dossier=OuterRef("pk"))
    done = Dossier.objects.filter(pk__in=[each.pk for each in dossiers]).annotate(
        decided=_decision(sitting, dossiers, "seq")
    )
    return list(done.filter(Q(Exists(minuted)) | ~Q(decided=None)).order_by("number"))


def somebody_came(sitting: Sitting) -> bool:
    """Whether it is written down who did."""
    return sitting.convened.exclude(came_at=None).exists()


def members_who_acted(sitting: Sitting) -> list[User]:
    """Of those convened: who is noted as present, and who voted or stepped aside in what is on the agenda. Four
    queries."""
    dossiers = _on_the_agenda(sitting)
    keys = [each.pk for each in dossiers]
    ballots = Dossier.objects.filter(pk__in=keys).annotate(ballot=_ballot(sitting, dossiers))
    cast = votes_by_ballot(keys)
    voted = {vote.member_id for key in ballots.values_list("pk", "ballot") for vote in cast.get(key, ())}
    seat = Convened.objects.filter(sitting=sitting, member=OuterRef("pk"))
    recused = Recusal.objects.filter(dossier__in=keys, member=OuterRef("pk"))
    acted = Q(Exists(seat.exclude(came_at=None))) | Q(Exists(recused)) | Q(pk__in=voted)
    return list(User.objects.filter(acted, Exists(seat)))


def _on_the_agenda(sitting: Sitting) -> list[Dossier]:
    return list(Dossier.objects.filter(pk__in=sitting.agenda.values("dossier")))


def _by_seats(
    dossiers: Iterable[Dossier], found: Mapping[UUID, _Found]
) -> dict[tuple[Seats, bool], list[Dossier]]:
    """By seats, and whether it was decided already."""
    those: dict[tuple[Seats, bool], list[Dossier]] = defaultdict(list)
    for each in dossiers:
        here = found[each.pk]
        for seats in {one: None for state in here.states for one in seats_of(each.edition_id).get(state, ())}:
            those[seats, here.settled].append(each)
    return those


def _able(
    sitting: Sitting, seats: Seats, those: list[Dossier], found: Mapping[UUID, _Found], *, settled: bool
) -> None:
    """One query. Whom another sitting has since called to the dossier says nothing of what was decided here."""
    seat = Convened.objects.filter(sitting=sitting, member=OuterRef("pk"))
    members = (able if settled else seated)(Dossier, seats).filter(Exists(seat))
    hands = involved(Dossier, seats).filter(Exists(seat))
    rows = Dossier.objects.filter(pk__in=[each.pk for each in those])
    rows = rows.annotate(able=Rows(members, "id"), involved=Rows(hands, "id"))
    for pk, people, involved_there in rows.values_list("pk", "able", "involved"):
        found[pk].able |= _people(people)
        found[pk].involved |= _people(involved_there)
    for each in those:
        needed = quorums(compiled(each.edition_id))
        found[each.pk].quorum = max(needed.get(state, 0) for state in found[each.pk].states)


def _people(rows: Iterable[Mapping[str, str]]) -> People:
    return frozenset(UUID(each["id"]) for each in rows)


def votes_by_ballot(dossiers: Iterable[UUID]) -> dict[tuple[UUID, int], list[Vote]]:
    """By dossier and number of the ballot; `dissent_seq` is the event with which whoever voted dissented, None for
    none. One query. Whoever asks has to look first what may be known of it."""
    found: dict[tuple[UUID, int], list[Vote]] = defaultdict(list)
    theirs = Dissent.objects.filter(ballot=OuterRef("ballot"), member=OuterRef("member")).values("seq")
    rows = Vote.objects.filter(ballot__dossier__in=list(dossiers)).select_related("ballot", "member")
    for each in rows.annotate(dissent_seq=Subquery(theirs)).order_by("pk"):
        found[each.ballot.dossier_id, each.ballot.number].append(each)
    return found


def said_in(sitting: Sitting, dossiers: Collection[Dossier]) -> list[Event]:
    """The events by which was decided on `dossiers`, dissented, stepped aside, and written down what was said of
    them and who came at this sitting; in order. One query."""
    written = Minute.objects.filter(sitting=sitting, dossier=OuterRef("stream"), seq=OuterRef("seq"))
    wanted = Q(kind="transition", transition__in=_deciding(dossiers)) | Q(kind__in=(DISSENTED, RECUSED))
    wanted |= Q(Exists(written), kind=MINUTED)
    of_files = wanted & Q(stream__in=[each.pk for each in dossiers])
    noted = Q(stream=sitting.pk, kind=ATTENDANCE_NOTED)
    return list(Event.objects.filter(of_files | noted).order_by("seq"))


def decisions_in(events: Iterable[Event]) -> dict[tuple[UUID, int], Event]:
    """Those of `events` that decided, by dossier and number of the ballot."""
    return {
        (event.stream, event.data["judged"]["ballot"]): event
        for event in events
        if event.kind == "transition" and "ballot" in event.data.get("judged", {})
    }
