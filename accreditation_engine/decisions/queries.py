"""Reading ballots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import GreaterThanOrEqual

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.organisations.models import User

from .guards import Votes
from .models import Ballot, Vote


@dataclass(frozen=True)
class Standing:
    """The votes of a dossier's latest ballot: each member's, and the count of every choice."""

    number: int
    votes: tuple[Vote, ...]

    @property
    def tally(self) -> Counter[str]:
        return Counter(vote.choice for vote in self.votes)


def standing_of(dossier: Dossier) -> Standing | None:
    """The latest ballot of `dossier`; None when none was ever opened. Two queries."""
    ballot = Ballot.objects.filter(dossier=dossier).order_by("-number").first()
    if ballot is None:
        return None
    return Standing(ballot.number, tuple(ballot.votes.select_related("member").order_by("pk")))


def vote_missing(person: User, schemes: Iterable[Compiled]) -> Q:
    """Dossiers in whose latest ballot `person` has not voted; and those in which enough have, so that the
    decision can be taken."""
    missing = ~Q(Exists(_counting().filter(member=person)))
    for scheme in schemes:
        for state, quorum in quorums(scheme).items():
            here = Q(edition=scheme.edition, state=state)
            missing |= here & Q(GreaterThanOrEqual(_cast(), quorum))
    return missing


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
    later = Ballot.objects.filter(dossier=OuterRef("ballot__dossier"), number__gt=OuterRef("ballot__number"))
    return Vote.objects.filter(~Exists(later), ballot__dossier=OuterRef("pk"))


def _cast() -> Subquery:
    votes = _counting().order_by().values("ballot__dossier")
    return Subquery(votes.annotate(cast=Count("pk")).values("cast"))
