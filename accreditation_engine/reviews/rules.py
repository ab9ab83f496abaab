"""Who may be asked to review, and when a review can be worked on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import guarded_by
from accreditation_engine.engine.acting import Person
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.guards import took_part
from accreditation_engine.engine.judging import deadline_passed
from accreditation_engine.engine.prepared import SUBJECT, USER, Asked, Prepared
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.organisations.roles import in_force

from .interests.known import ITS_SCHEME, Standing, codes_of, known_interests
from .models import Assignment


def assignment_open(dossier: Dossier) -> list[Reason]:
    """Reviewers are chosen while a step that counts them, or their reviews, lies ahead."""
    if guarded_by(dossier, "reviewers_assigned") or guarded_by(dossier, "reviews_complete"):
        return []
    return [Reason("assignment_closed", {"state": dossier.state, "edition": dossier.edition_id})]


def coordinator_unfit(dossier: Dossier, coordinator: Person) -> list[Reason]:
    """Whoever acted for the organisation or coached it does not choose who reviews it."""
    return involved(dossier, coordinator, ("applicant", "coach"))


def involved(dossier: Dossier, person: Person, parts: Sequence[str]) -> list[Reason]:
    """That `person` has played one of `parts` for the dossier or its organisation, if so. One query."""
    user = person.acting.id
    assert user is not None  # noqa: S101 - only people are asked about
    (row,) = _hands(tuple(parts)).send(Asked(dossier.pk, user))
    hands = [role for role in parts if getattr(row, f"was_{role}")]
    return [Reason("involved", {"roles": hands})] if hands else []


@lru_cache(maxsize=32)
def _hands(parts: tuple[str, ...]) -> Prepared:
    facts = {f"was_{role}": took_part(Dossier, role, USER) for role in parts}
    return Prepared(Dossier.objects.filter(pk=SUBJECT).only("pk", "edition").annotate(**facts))


def reviewer_unfit(dossier: Dossier, reviewer: User) -> list[Reason]:
    """Why `reviewer` cannot review `dossier`: no such role, assigned already, or an interest. One query."""
    return reviewers_unfit(dossier, [reviewer])[reviewer.pk]


def reviewers_unfit(dossier: Dossier, people: Sequence[User]) -> dict[UUID, list[Reason]]:
    """The same for many people, by id; those who are fit have an empty list. One query, however many."""
    standing = known_interests(dossier, people, also=asked_of_reviewers)
    return {each.pk: _against(each, standing[each.pk]) for each in people}


def asked_of_reviewers() -> dict[str, Any]:
    """What `reviewers_unfit` asks beside, with gaps for the dossier."""
    grants = RoleGrant.objects.filter(in_force(), user=OuterRef("pk"), role="reviewer", user__is_active=True)
    return {
        "may_review": Exists(grants.filter(Q(scheme="") | Q(scheme=ITS_SCHEME))),
        "is_assigned": Exists(
            Assignment.objects.filter(dossier=SUBJECT, reviewer=OuterRef("pk"), released_at=None)
        ),
    }


def _against(reviewer: User, standing: Standing) -> list[Reason]:
    reasons = []
    if not standing.also["may_review"]:
        reasons.append(Reason("no_reviewer", {"name": reviewer.name}))
    if standing.also["is_assigned"]:
        reasons.append(Reason("assigned_already", {"name": reviewer.name}))
    if standing.barring:
        codes = codes_of(standing.barring)
        reasons.append(Reason("has_interest", {"name": reviewer.name, "interests": codes}))
    return reasons


def rating_open(dossier: Dossier, assignment: Assignment, by: User) -> list[Reason]:
    """A review is open to its own reviewer until it is sent, while the step that sends it lies ahead."""
    if assignment.reviewer_id != by.pk:
        return [Reason("not_your_review")]
    if assignment.sent_at or assignment.released_at or not guarded_by(dossier, "own_review_complete"):
        return [Reason("review_closed")]
    return deadline_passed(dossier, compiled(dossier.edition_id), timezone.now())
