"""Reading ballots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import GreaterThanOrEqual

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.facts import Rows
from accreditation_engine.organisations.models import User

from .ballot_rules import Votes
from .closed import closed_ballot
from .latest import of_an_earlier_ballot
from .models import Ballot, Dissent, Vote
from .seats import Seats, awaited, secret_seats_of


@dataclass(frozen=True)
class Standing:
    """A dossier's latest ballot: each member's vote, the count of every choice, and who dissented. `closed_seq` is
    the event that closed it before all had voted."""

    number: int
    votes: tuple[Vote, ...]
    ballot: int = 0
    dissents: tuple[Dissent, ...] = ()
    closed_seq: int | None = None

    @property
    def tally(self) -> Counter[str]:
        return Counter(vote.choice for vote in self.votes)


def standing_of(dossier: Dossier) -> Standing | None:
    """The latest ballot of `dossier`; None when none was ever opened. One query; of members it reads the names."""
    dissents = Dissent.objects.filter(ballot=OuterRef("ballot"), member=OuterRef("member")).values("seq")
    votes = Vote.objects.filter(ballot=OuterRef("pk")).order_by("pk")
    votes = votes.annotate(name=F("member__name"), dissent=Subquery(dissents))
    cast = Rows(votes, "member_id", "name", "choice", "seq", "dissent")
    rows = Ballot.objects.filter(dossier=dossier).annotate(cast=cast).select_related("closing")
    ballot = rows.order_by("-number").first()
    if ballot is None:
        return None
    closing = getattr(ballot, "closing", None)
    return Standing(
        ballot.number,
        tuple(_vote(ballot, each) for each in ballot.cast),
        ballot.pk,
        tuple(Dissent(ballot=ballot, member=_member(each), seq=each["dissent"]) for each in _against(ballot)),
        closing.seq if closing else None,
    )


def _vote(ballot: Ballot, row: Mapping[str, Any]) -> Vote:
    return Vote(ballot=ballot, member=_member(row), choice=row["choice"], seq=row["seq"])


def _against(ballot: Any) -> list[Mapping[str, Any]]:
    """The votes beside which a dissent stands, in the order of these."""
    return sorted((each for each in ballot.cast if each["dissent"]), key=lambda each: each["dissent"])


def _member(row: Mapping[str, Any]) -> User:
    return User(pk=UUID(row["member_id"]), name=row["name"])


def vote_missing(user: Any, schemes: Iterable[Compiled]) -> Q:
    """Dossiers in whose latest ballot `user` (an id, or the gap for one) has not voted; and those in which enough
    have, so that the decision can be taken: where votes are secret, once the ballot is over. One that is secret
    waits for those alone who have a seat in it."""
    missing = ~Q(Exists(_counting().filter(member=user)))
    for scheme in schemes:
        for state, quorum in quorums(scheme).items():
            here = Q(edition=scheme.edition, state=state)
            enough = Q(GreaterThanOrEqual(_cast(), quorum))
            secret = secret_seats_of(scheme.edition, state)
            if secret:
                missing = (missing & ~here) | (here & _seat_is_empty(user, secret))
                enough &= _is_over(secret)
            missing |= here & enough
    return missing


def _seat_is_empty(user: Any, seats: Iterable[Seats]) -> Q:
    """That the ballot waits for the vote of `user`."""
    waits = reduce(or_, (Q(Exists(awaited(Dossier, each).filter(pk=user))) for each in seats))
    return waits & ~Q(closed_ballot(OuterRef("pk")))


def _is_over(seats: Iterable[Seats]) -> Q:
    """That everybody has voted, or the ballot was closed."""
    waits = reduce(or_, (Q(Exists(awaited(Dossier, each))) for each in seats))
    return Q(closed_ballot(OuterRef("pk"))) | ~waits


def quorums(scheme: Compiled) -> dict[str, int]:
    """The smallest quorum of the decisions that can be taken in each state; states without any are left out."""
    found: dict[str, int] = {}
    for step in scheme.steps.values():
        for each in step.guards:
            if isinstance(each.parameters, Votes):
                for state in step.definition.from_:
                    found[state] = min(each.parameters.quorum, found.get(state, each.parameters.quorum))
    return found


def _counting() -> QuerySet[Vote]:
    """The votes of the latest ballot of a dossier, which is the query around."""
    return Vote.objects.filter(~of_an_earlier_ballot(), ballot__dossier=OuterRef("pk"))


def _cast() -> Subquery:
    votes = _counting().order_by().values("ballot__dossier")
    return Subquery(votes.annotate(cast=Count("pk")).values("cast"))
