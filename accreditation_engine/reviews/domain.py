"""Assigning reviewers, and rating."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import parts_in, require_role
from accreditation_engine.dossiers.typed import (
    Criterion,
    by_rubric,
    kept_ratings,
    rating_problems,
    text_digests,
    unlike_texts,
)
from accreditation_engine.engine.acting import Person
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.refusals import written_down
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.salted import new_salt
from accreditation_engine.written import kept_text

from .asking import ask
from .models import Assignment, Origin, Rating
from .over import OVER, own_review_over
from .rules import assignment_open, coordinator_unfit, rating_open, reviewer_unfit


@dataclass(frozen=True)
class Rated:
    """One rating as typed: a number or word as text, "" to leave it open; and a note."""

    value: str = ""
    note: str = ""


def assign(*, dossier: Dossier, reviewer: User, by: Person) -> Assignment:
    """Ask `reviewer` to review `dossier`. Raises Refused when `by` is no coordinator of the scheme,
    when reviewers are not chosen in this state, when the reviewer has no such role, or when either of them has an
    interest."""
    role = require_role(dossier, by, "coordinator")
    with transaction.atomic():
        locked = locked_row(dossier)
        reasons = [
            *assignment_open(locked),
            *coordinator_unfit(locked, by),
            *reviewer_unfit(locked, reviewer),
        ]
        if reasons:
            raise Refused(reasons)
        return ask(dossier=dossier, reviewer=reviewer, origin=Origin.ASSIGNED, by=by, role=role)


def release(*, assignment: Assignment, by: Person, reason: str) -> None:
    """Take the task from its reviewer, or give it back. Ratings made so far stay on record, and count no
    more. Raises Refused without a reason, when the review has been sent, and for whoever may not: that they tried
    is written down."""
    dossier = assignment.dossier
    with written_down(dossier, by, role="", act="release"):
        role = _releasing(assignment, by)
    unlike = unlike_text(reason, missing="comment_missing")
    if unlike:
        raise Refused(unlike)
    with transaction.atomic():
        locked_row(dossier)
        still_open = Assignment.objects.filter(pk=assignment.pk, sent_at=None, released_at=None)
        if not still_open.update(released_at=timezone.now()):
            raise Refused([Reason("review_closed")])
        _record(assignment, "released", by, role, kept_text(reason))


def _releasing(assignment: Assignment, by: Person) -> str:
    """The part in which `by` may release the assignment. Whoever has the task gives it back, even where their part
    is closed to them by an interest, or until they declare. Raises Refused."""
    parts = parts_in(by, assignment.dossier)
    if "coordinator" in parts.open:
        return "coordinator"
    if assignment.reviewer_id == by.acting.id and "reviewer" in parts.played:
        return "reviewer"
    closed = parts.against("coordinator") if "coordinator" in parts.played else []
    raise Refused(closed or [Reason("not_your_role", {"roles": ["coordinator"]})])


def rate(*, assignment: Assignment, ratings: Mapping[Criterion, Rated], by: User) -> list[Criterion]:
    """Keep ratings of the reviewer's own review; give the criteria that changed. Others stay as they are.

    Raises Refused, with nothing kept, when it is somebody else's review, when it is sent or released, for
    every rating that is off its scale, and for every note that is endless. That it is over is written down.
    """
    late = written_down(assignment.dossier, by, role="", act="rate", only=OVER)
    with late, transaction.atomic():
        dossier = Dossier.objects.select_for_update().get(pk=assignment.dossier_id)
        current = Assignment.objects.get(pk=assignment.pk)
        over = own_review_over(current, by)
        if over:
            raise Refused(over)
        require_role(dossier, by, "reviewer")
        scheme, typed = compiled(dossier.edition_id), {key: each.value for key, each in ratings.items()}
        reasons = [
            *rating_open(dossier, current, by),
            *rating_problems(scheme, typed),
            *unlike_texts({key: each.note for key, each in ratings.items()}),
        ]
        if reasons:
            raise Refused(reasons)
        changed = _changed(current, _kept(scheme, ratings))
        if changed:
            salts = {key: new_salt() for key in changed}
            _write(current, changed, salts)
            notes = {key: each.note for key, each in changed.items()}
            record(
                dossier.pk,
                "rated",
                by,
                role="reviewer",
                edition=dossier.edition_id,
                data={
                    "ratings": by_rubric({key: each.value for key, each in changed.items()}),
                    "notes": text_digests(notes, salts),
                },
            )
    return list(changed)


def _kept(scheme: Compiled, ratings: Mapping[Criterion, Rated]) -> dict[Criterion, Rated]:
    values = kept_ratings(scheme, {key: each.value for key, each in ratings.items()})
    return {key: Rated(values[key], kept_text(each.note)) for key, each in ratings.items()}


def _changed(assignment: Assignment, ratings: Mapping[Criterion, Rated]) -> dict[Criterion, Rated]:
    kept = {(each.rubric, each.criterion): Rated(each.value, each.note) for each in assignment.ratings.all()}
    return {key: each for key, each in ratings.items() if each != kept.get(key, Rated())}


def _write(
    assignment: Assignment, changed: Mapping[Criterion, Rated], salts: Mapping[Criterion, str]
) -> None:
    now = timezone.now()
    Rating.objects.bulk_create(
        [
            Rating(
                assignment=assignment,
                rubric=rubric,
                criterion=criterion,
                value=rated.value,
                note=rated.note,
                note_salt=salts[rubric, criterion],
                updated_at=now,
            )
            for (rubric, criterion), rated in changed.items()
        ],
        update_conflicts=True,
        unique_fields=["assignment", "rubric", "criterion"],
        update_fields=["value", "note", "note_salt", "updated_at"],
    )


def _record(assignment: Assignment, kind: str, by: Person, role: str, reason: str = "") -> None:
    reviewer = assignment.reviewer
    record(
        assignment.dossier_id,
        kind,
        by,
        role=role,
        edition=assignment.dossier.edition_id,
        comment=reason,
        data=reviewer.named_as("reviewer"),
    )
