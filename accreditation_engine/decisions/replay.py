"""What the events of a dossier tell of its panel: ballots and votes, which follow from effects of transitions; who
stepped aside, who dissented, and what was written down at a sitting."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept, Table, tables
from accreditation_engine.engine.replay.folding import told_by, told_by_effect
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said

from .dissenting import DISSENTED
from .models import Ballot, Closing, Dissent, Minute, Recusal, Vote
from .recusing import RECUSED
from .sittings.models import MINUTED

BALLOTS, VOTES, CLOSINGS = "ballots", "votes", "closings"
RECUSALS, DISSENTS, MINUTES = "recusals", "dissents", "minutes"
"""Tables of a picture. Ballots and their closings have the ballot's number for their key, the others that of the
event."""


@told_by_effect("open_ballot")
def _opened(picture: Picture, event: Said) -> None:
    picture.say(event, BALLOTS, (len(picture.rows(BALLOTS)) + 1,), opened_at=event.at)


@told_by_effect("record_vote")
def _voted(picture: Picture, event: Said) -> None:
    ballot = len(picture.rows(BALLOTS))
    key = (event.seq,)
    picture.say(event, VOTES, key, ballot=ballot, member=event.actor, choice=event.data["choice"])
    picture.say(event, VOTES, key, name_digest=event.name_digest)


@told_by_effect("close_ballot")
def _closed(picture: Picture, event: Said) -> None:
    picture.say(event, CLOSINGS, (len(picture.rows(BALLOTS)),), seq=event.seq, closed_at=event.at)


@told_by("dossier", RECUSED)
def _recused(picture: Picture, event: Said) -> None:
    who = {"member": event.actor, "name_digest": event.name_digest}
    picture.say(event, RECUSALS, (event.seq,), **who, recused_at=event.at)


@told_by("dossier", DISSENTED)
def _dissented(picture: Picture, event: Said) -> None:
    who = {"member": event.actor, "name_digest": event.name_digest}
    picture.say(event, DISSENTS, (event.seq,), **who, ballot=event.data["ballot"])


@told_by("dossier", MINUTED)
def _minuted(picture: Picture, event: Said) -> None:
    picture.say(event, MINUTES, (event.seq,), sitting=UUID(event.data["sitting"]))


def _ballots(dossiers: Collection[UUID]) -> Iterable[Kept]:
    rows = Ballot.objects.filter(dossier__in=dossiers).order_by("pk")
    for dossier, number, opened_at in rows.values_list("dossier", "number", "opened_at"):
        yield dossier, (number,), {"opened_at": opened_at}


def _votes(dossiers: Collection[UUID]) -> Iterable[Kept]:
    rows = Vote.objects.filter(ballot__dossier__in=dossiers).order_by("pk")
    names = ("ballot__dossier", "ballot__number", "seq", "member", "choice")
    for dossier, ballot, seq, member, choice in rows.values_list(*names):
        yield dossier, (seq,), {"ballot": ballot, "member": member, "choice": choice}


def _closings(dossiers: Collection[UUID]) -> Iterable[Kept]:
    rows = Closing.objects.filter(ballot__dossier__in=dossiers).order_by("pk")
    names = ("ballot__dossier", "ballot__number", "seq", "closed_at")
    for dossier, number, seq, closed_at in rows.values_list(*names):
        yield dossier, (number,), {"seq": seq, "closed_at": closed_at}


def _recusals(dossiers: Collection[UUID]) -> Iterable[Kept]:
    rows = Recusal.objects.filter(dossier__in=dossiers).order_by("pk")
    for dossier, seq, member, recused_at in rows.values_list("dossier", "seq", "member", "recused_at"):
        yield dossier, (seq,), {"member": member, "recused_at": recused_at}


def _dissents(dossiers: Collection[UUID]) -> Iterable[Kept]:
    rows = Dissent.objects.filter(ballot__dossier__in=dossiers).order_by("pk")
    for dossier, seq, member, ballot in rows.values_list(
        "ballot__dossier", "seq", "member", "ballot__number"
    ):
        yield dossier, (seq,), {"member": member, "ballot": ballot}


def _minutes(dossiers: Collection[UUID]) -> Iterable[Kept]:
    rows = Minute.objects.filter(dossier__in=dossiers).order_by("pk")
    for dossier, seq, sitting in rows.values_list("dossier", "seq", "sitting"):
        yield dossier, (seq,), {"sitting": sitting}


tables += [
    Table("dossier", BALLOTS, "ballot", _ballots, "ballot {number}", ("number",), by_effects=True),
    Table("dossier", VOTES, "vote", _votes, "the vote of event {seq}", ("seq",), by_effects=True),
    Table(
        "dossier", CLOSINGS, "closing", _closings, "the end of ballot {number}", ("number",), by_effects=True
    ),
    Table("dossier", RECUSALS, "recusal", _recusals, "the recusal of event {seq}", ("seq",)),
    Table("dossier", DISSENTS, "dissent", _dissents, "the dissent of event {seq}", ("seq",)),
    Table("dossier", MINUTES, "minutes", _minutes, "the minutes of event {seq}", ("seq",)),
]
