"""Votes that may be known by now, for whatever tells of votes."""

from __future__ import annotations

from typing import Any, Protocol

from accreditation_engine.decisions.sealing import VOTES, votes_of


class Eyes(Protocol):
    def sees(self, *things: str) -> bool: ...


def sees_ballot(reader: Eyes, ballot: Any) -> bool:
    """Whether the reader may know how it was voted in the ballot of that number. In one that still runs in secret
    nobody may, in those before it whoever sees votes."""
    return reader.sees(VOTES, votes_of(ballot)) if isinstance(ballot, int) else reader.sees(VOTES)


def needed(reader: Eyes, ballot: Any) -> str:
    """What a reader must see to be told how it was voted: a word that they do see, where they may."""
    return votes_of(ballot) if isinstance(ballot, int) and not reader.sees(VOTES) else VOTES
