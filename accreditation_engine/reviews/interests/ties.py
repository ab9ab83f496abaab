"""Whether somebody has an interest in a dossier, in SQL: what the system knows, what was declared, and what two
people have allowed all the same.

Everything is asked of a `Pair`, so that the same rules serve many people before one dossier, many dossiers before
one person, and one before the other inside the statement that loads a subject.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from accreditation_engine.engine.models import Subject
from accreditation_engine.organisations.ties import barring_engagements, employed_beside, memberships

from .models import Declaration, Interest, Objection, Override, TieWithdrawal

REVIEWER = "reviewer"


@dataclass(frozen=True)
class Pair:
    """A person, and the dossier and organisation that they are asked about: ids, or references to the row that is
    being looked at."""

    person: Any
    dossier: Any
    organisation: Any


def pair_of(model: type[Subject], user: Any) -> Pair:
    """`user` before each subject of `model`."""
    return Pair(user, OuterRef(model.dossier_path), OuterRef(model.organisation_path))


def declared_ties(pair: Pair) -> QuerySet[Interest]:
    """Declared by either side, for this dossier of the organisation or another, and not taken back."""
    return _standing_ties().filter(person=pair.person, dossier__organisation=pair.organisation)


def _standing_ties() -> QuerySet[Interest]:
    return Interest.objects.filter(~taken_back())


def taken_back() -> Exists:
    """Of interests: whether it is confirmed that they were declared by mistake."""
    return Exists(TieWithdrawal.objects.filter(interest=OuterRef("pk"), confirmed=True))


def allowing(pair: Pair) -> QuerySet[Override]:
    """What allows the person to judge this dossier with an interest: until another is declared, of which those who
    allowed it did not know."""
    later = _standing_ties().filter(
        person=OuterRef("person"),
        dossier__organisation=OuterRef("dossier__organisation"),
        declared_at__gt=OuterRef("answered_at"),
    )
    given = Override.objects.filter(person=pair.person, dossier=pair.dossier, allowed=True)
    return given.exclude(Exists(later))


def upheld_objections(pair: Pair) -> QuerySet[Objection]:
    return Objection.objects.filter(reviewer=pair.person, dossier=pair.dossier, upheld=True)


def kept_out(pair: Pair) -> Q:
    """That an interest keeps the person out. Nobody allows members to judge themselves, nor coaches their own
    advice."""
    member = memberships(pair.person, pair.organisation)
    now = Q(Exists(member.filter(ended_at=None)))
    advised = Q(Exists(barring_engagements(pair.person, pair.organisation)))
    employed = Q(Exists(employed_beside(pair.person, pair.organisation)))
    tied = Q(Exists(member)) | employed | Q(Exists(declared_ties(pair)))
    return now | advised | (tied & ~Q(Exists(allowing(pair))))


def has_interest(model: type[Subject], user: Any) -> ExpressionWrapper[Any]:
    """Whether an interest keeps `user` out of each subject."""
    return ExpressionWrapper(kept_out(pair_of(model, user)), output_field=BooleanField())


def acted_for(model: type[Subject], user: Any) -> ExpressionWrapper[Any]:
    """Whether `user` acts for the organisation, or once did and nobody has allowed for that."""
    pair = pair_of(model, user)
    member = memberships(pair.person, pair.organisation)
    former = Q(Exists(member)) & ~Q(Exists(allowing(pair)))
    acts = Q(Exists(member.filter(ended_at=None)))
    return ExpressionWrapper(acts | former, output_field=BooleanField())


def open_objections(model: type[Subject], user: Any = None) -> Exists:
    """Whether an objection, to `user` or to anybody, waits for its answer, while that reviewer's task stands."""
    waiting = Objection.objects.filter(
        dossier=OuterRef(model.dossier_path), answered_at=None, assignment__released_at=None
    )
    return Exists(waiting if user is None else waiting.filter(reviewer=user))


def has_declared(model: type[Subject], user: Any, role: str) -> Exists:
    """Whether `user` has declared to have no interest, to judge each subject in `role`; a reviewer for the
    assignment that stands."""
    declared = Declaration.objects.filter(dossier=OuterRef(model.dossier_path), person=user, role=role)
    which = Q(assignment__released_at=None) if role == REVIEWER else Q(assignment=None)
    return Exists(declared.filter(which))
