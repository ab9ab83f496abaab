"""What the events of a dossier tell of ballots and votes. Both follow from effects of transitions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept, Table, tables
from accreditation_engine.engine.replay.folding import told_by_effect
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said

from .models import Ballot, Vote

BALLOTS, VOTES = "ballots", "votes"
"""Tables of a picture, with their keys: the ballot's number; the number of the event."""


@told_by_effect("open_ballot")
def _opened(picture: Picture, event: Said) -> None:
    picture.say(event, BALLOTS, (len(picture.rows(BALLOTS)) + 1,), opened_at=event.at)


@told_by_effect("record_vote")
def _voted(picture: Picture, event: Said) -> None:
    ballot = len(picture.rows(BALLOTS))
    key = (event.seq,)
    picture.say(event, VOTES, key, ballot=ballot, member=event.actor, choice=event.data["choice"])
    picture.say(event, VOTES, key, name_digest=event.name_digest)


def _ballots(dossiers: Collection[UUID]) -> Iterable[Kept]:
    rows = Ballot.objects.filter(dossier__in=dossiers).order_by("pk")
    for dossier, number, opened_at in rows.values_list("dossier", "number", "opened_at"):
        yield dossier, (number,), {"opened_at": opened_at}


def _votes(dossiers: Collection[UUID]) -> Iterable[Kept]:
    rows = Vote.objects.filter(ballot__dossier__in=dossiers).order_by("pk")
    names = ("ballot__dossier", "ballot__number", "seq", "member", "choice")
    for dossier, ballot, seq, member, choice in rows.values_list(*names):
        yield dossier, (seq,), {"ballot": ballot, "member": member, "choice": choice}


tables += [
    Table("dossier", BALLOTS, "ballot", _ballots, "ballot {number}", ("number",), by_effects=True),
    Table("dossier", VOTES, "vote", _votes, "the vote of event {seq}", ("seq",), by_effects=True),
]
