"""Reading ballots."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from accreditation_engine.dossiers.models import Dossier

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
