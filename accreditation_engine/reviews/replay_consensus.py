"""What the events of a dossier tell of ratings that were proposed, and agreed on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept, Table, near, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said

from .models import Agreed, Consent, Proposal

PROPOSALS, CONSENTS, AGREED = "proposals", "consents", "agreed"
"""Tables of a picture, with their keys: the number of the event that proposed; that and a person's id; that
alone."""


@told_by("dossier", "consensus_proposed")
def _proposed(picture: Picture, event: Said) -> None:
    """It replaces what stood proposed in the same role. Whoever proposes agrees."""
    data = event.data
    _close(picture, event, data["rubric"], data["criterion"], event.role)
    picture.say(
        event,
        PROPOSALS,
        (event.seq,),
        rubric=data["rubric"],
        criterion=data["criterion"],
        value=data["value"],
        role=event.role,
        proposed_by=event.actor,
        name_digest=event.name_digest,
        closed_at=None,
    )
    picture.say(event, CONSENTS, (event.seq, event.actor), seq=event.seq)


@told_by("dossier", "consensus_confirmed")
def _confirmed(picture: Picture, event: Said) -> None:
    picture.say(event, CONSENTS, (event.data["proposed"], event.actor), seq=event.seq)


@told_by("dossier", "consensus_withdrawn")
def _withdrawn(picture: Picture, event: Said) -> None:
    picture.say(event, PROPOSALS, (event.data["proposed"],), closed_at=event.at)


@told_by("dossier", "consensus_reached")
def _reached(picture: Picture, event: Said) -> None:
    data = event.data
    picture.say(
        event,
        AGREED,
        (data["proposed"],),
        rubric=data["rubric"],
        criterion=data["criterion"],
        value=data["value"],
        agreed_at=event.at,
    )
    _close(picture, event, data["rubric"], data["criterion"])


def _close(picture: Picture, event: Said, rubric: str, criterion: str, role: str = "") -> None:
    """What stands proposed for a criterion, in `role` or in any, stands no more."""
    for key, row in picture.rows(PROPOSALS).items():
        about = (row["rubric"].value, row["criterion"].value) == (rubric, criterion)
        if about and row["closed_at"].value is None and role in ("", row["role"].value):
            picture.say(event, PROPOSALS, key, closed_at=event.at)


def _proposals(dossiers: Collection[UUID]) -> Iterable[Kept]:
    names = ("rubric", "criterion", "value", "role", "proposed_by", "closed_at")
    rows = Proposal.objects.filter(dossier__in=dossiers).order_by("pk")
    for dossier, seq, *values in rows.values_list("dossier", "seq", *names):
        yield dossier, (seq,), dict(zip(names, values, strict=True))


def _consents(dossiers: Collection[UUID]) -> Iterable[Kept]:
    rows = Consent.objects.filter(proposal__dossier__in=dossiers).order_by("pk")
    names = ("proposal__dossier", "proposal__seq", "person", "seq")
    for dossier, proposed, person, seq in rows.values_list(*names):
        yield dossier, (proposed, person), {"seq": seq}


def _agreed(dossiers: Collection[UUID]) -> Iterable[Kept]:
    names = ("rubric", "criterion", "value", "agreed_at")
    rows = Agreed.objects.filter(dossier__in=dossiers).order_by("pk")
    for dossier, proposed, *values in rows.values_list("dossier", "proposal__seq", *names):
        yield dossier, (proposed,), dict(zip(names, values, strict=True))


tables += [
    Table(
        "dossier",
        PROPOSALS,
        "proposal",
        _proposals,
        "the proposal of event {seq}",
        ("seq",),
        alike={"closed_at": near},
    ),
    Table(
        "dossier",
        CONSENTS,
        "consent",
        _consents,
        "the consent of {person} to the proposal of event {proposed}",
        ("proposed", "person"),
    ),
    Table("dossier", AGREED, "agreed", _agreed, "what was agreed on the proposal of event {seq}", ("seq",)),
]
