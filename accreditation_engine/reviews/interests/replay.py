"""What the events of a dossier tell of declared interests, of objections, and of what two people allowed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from accreditation_engine.engine.replay.comparing import Kept, Table, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Key, Picture
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.reviews.replay import numbered_reviews, reviews_told

from .declaring import INTEREST, NO_INTEREST
from .models import Declaration, Interest, Objection, Override, TieWithdrawal
from .naming import TIE_NAMED
from .objecting import OBJECTED, REJECTED, UPHELD
from .overriding import ALLOWED, DENIED, PROPOSED
from .ties import REVIEWER
from .withdrawing import ASKED, CONFIRMED, REFUSED

DECLARATIONS, INTERESTS, OBJECTIONS, OVERRIDES = "declarations", "interests", "objections", "overrides"
WITHDRAWALS = "tie_withdrawals"
"""Tables of a picture, each row with the number of the event that made it for its key. Names lie in the picture by
their digests."""
UNSETTLED = {"answered_by": None, "answered_seq": None, "answered_at": None}
"""Of what a second person has yet to answer."""


@told_by("dossier", NO_INTEREST)
def _none(picture: Picture, event: Said) -> None:
    values = {"person": event.actor, "name_digest": event.name_digest, "role": event.role}
    which = _latest(picture, event.actor) if event.role == REVIEWER else None
    picture.say(event, DECLARATIONS, (event.seq,), **values, assignment=which, declared_at=event.at)


@told_by("dossier", INTEREST)
def _declared(picture: Picture, event: Said) -> None:
    _tie(picture, event, {"person": event.actor, "name_digest": event.name_digest})


@told_by("dossier", TIE_NAMED)
def _named(picture: Picture, event: Said) -> None:
    _tie(picture, event, _whom(event, "person"))


def _tie(picture: Picture, event: Said, who: dict[str, Any]) -> None:
    values = {"kind": event.data["kind"], "role": event.role, "declared_at": event.at}
    picture.say(event, INTERESTS, (event.seq,), **who, **values)


@told_by("dossier", OBJECTED)
def _objected(picture: Picture, event: Said) -> None:
    open_ = {"answered_seq": None, "answered_at": None, "upheld": None}
    who = _whom(event, "reviewer")
    which = _latest(picture, who["reviewer"])
    picture.say(event, OBJECTIONS, (event.seq,), **who, assignment=which, made_at=event.at, **open_)


@told_by("dossier", UPHELD)
def _upheld(picture: Picture, event: Said) -> None:
    _answered(picture, event, upheld=True)


@told_by("dossier", REJECTED)
def _rejected(picture: Picture, event: Said) -> None:
    _answered(picture, event, upheld=False)


def _answered(picture: Picture, event: Said, *, upheld: bool) -> None:
    answer = {"answered_seq": event.seq, "answered_at": event.at, "upheld": upheld}
    picture.say(event, OBJECTIONS, (event.data["objected"],), **answer)


@told_by("dossier", PROPOSED)
def _proposed(picture: Picture, event: Said) -> None:
    made = {"interests": event.data["interests"], "proposed_by": event.actor, "proposed_at": event.at}
    picture.say(event, OVERRIDES, (event.seq,), **_whom(event, "person"), **made, **UNSETTLED, allowed=None)


@told_by("dossier", ALLOWED)
def _allowed(picture: Picture, event: Said) -> None:
    _settled(picture, event, OVERRIDES, "proposed", allowed=True)


@told_by("dossier", DENIED)
def _denied(picture: Picture, event: Said) -> None:
    _settled(picture, event, OVERRIDES, "proposed", allowed=False)


@told_by("dossier", ASKED)
def _withdrawn(picture: Picture, event: Said) -> None:
    who = {"person": event.actor, "name_digest": event.name_digest}
    about = {"declared": event.data["declared"], "asked_at": event.at}
    picture.say(event, WITHDRAWALS, (event.seq,), **who, **about, **UNSETTLED, confirmed=None)


@told_by("dossier", CONFIRMED)
def _confirmed(picture: Picture, event: Said) -> None:
    _settled(picture, event, WITHDRAWALS, "withdrawn", confirmed=True)


@told_by("dossier", REFUSED)
def _withdrawal_refused(picture: Picture, event: Said) -> None:
    _settled(picture, event, WITHDRAWALS, "withdrawn", confirmed=False)


def _settled(picture: Picture, event: Said, table: str, about: str, **answer: bool) -> None:
    """By a second person; `about` names the number of the event that asked, in the data of this one."""
    by = {"answered_by": event.actor, "answered_seq": event.seq, "answered_at": event.at}
    picture.say(event, table, (event.data[about],), **by, **answer)


def _latest(picture: Picture, reviewer: UUID | None) -> Key | None:
    """The last review that somebody was asked for."""
    return next(reversed(reviews_told(picture, str(reviewer))), None)


def _whom(event: Said, key: str) -> dict[str, Any]:
    who = event.data[key]
    return {key: None if who is None else UUID(who), "name_digest": event.data.get("name_digest")}


def _rows(rows: QuerySet[Any], *names: str) -> Iterable[Kept]:
    for dossier, seq, *values in rows.order_by("pk").values_list("dossier", "seq", *names):
        yield dossier, (seq,), dict(zip(names, values, strict=True))


def _of_reviews(
    dossiers: Collection[UUID], model: type[Declaration] | type[Objection], *names: str
) -> Iterable[Kept]:
    """Rows that speak of an assignment, which is told by its reviewer and its number among theirs."""
    told: dict[tuple[UUID, int | None], Key] = {
        (each.dossier_id, each.pk): key for each, key in numbered_reviews(dossiers)
    }
    for dossier, key, kept in _rows(model.objects.filter(dossier__in=dossiers), "assignment", *names):
        which = kept["assignment"]
        yield dossier, key, {**kept, "assignment": told.get((dossier, which), which)}


def _declarations(dossiers: Collection[UUID]) -> Iterable[Kept]:
    return _of_reviews(dossiers, Declaration, "person", "role", "declared_at")


def _interests(dossiers: Collection[UUID]) -> Iterable[Kept]:
    return _rows(Interest.objects.filter(dossier__in=dossiers), "person", "kind", "role", "declared_at")


def _objections(dossiers: Collection[UUID]) -> Iterable[Kept]:
    names = ("reviewer", "made_at", "answered_seq", "answered_at", "upheld")
    return _of_reviews(dossiers, Objection, *names)


def _overrides(dossiers: Collection[UUID]) -> Iterable[Kept]:
    proposed = ("person", "interests", "proposed_by", "proposed_at")
    answered = ("answered_by", "answered_seq", "answered_at", "allowed")
    return _rows(Override.objects.filter(dossier__in=dossiers), *proposed, *answered)


def _withdrawals(dossiers: Collection[UUID]) -> Iterable[Kept]:
    rows = TieWithdrawal.objects.filter(dossier__in=dossiers).annotate(declared=F("interest__seq"))
    answered = ("answered_by", "answered_seq", "answered_at", "confirmed")
    return _rows(rows, "person", "declared", "asked_at", *answered)


tables += [
    Table("dossier", DECLARATIONS, "declaration", _declarations, "the declaration of event {seq}", ("seq",)),
    Table("dossier", INTERESTS, "interest", _interests, "the interest declared in event {seq}", ("seq",)),
    Table("dossier", OBJECTIONS, "objection", _objections, "the objection of event {seq}", ("seq",)),
    Table("dossier", OVERRIDES, "override", _overrides, "the override of event {seq}", ("seq",)),
    Table(
        "dossier", WITHDRAWALS, "tie_withdrawal", _withdrawals, "the tie taken back in event {seq}", ("seq",)
    ),
]
