"""Taking a place. Two who take the same one never both succeed: whoever claims locks the dossier's row and counts
again under the lock."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection, transaction

from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.refusals import written_down
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.asking import ask
from accreditation_engine.reviews.models import Assignment, Origin
from accreditation_engine.reviews.rules import reviewer_unfit

from .asked_often import first_open, may_take
from .own_limit import held_full
from .places import against_claiming, held_by
from .progress import had_so_far

ROLE = "reviewer"


def claim(*, dossier: Dossier, by: User) -> Assignment:
    """Take a place of `dossier`. Raises Refused, and writes the refusal down, when the scheme does not let
    reviewers claim, when no place is open, or when `by` must not review it."""
    with written_down(dossier, by, role=ROLE, act="claim"), transaction.atomic():
        locked = locked_row(dossier)
        reasons = [] if may_take(locked, by) else _against(locked, by)
        if reasons:
            raise Refused(reasons)
        return _take(locked, by)


def claim_next(*, by: User, had: int | None = None) -> Assignment | None:
    """Take the first place in the queue of `by` that nobody else takes at that moment; None when none is open.

    Raises Refused for whoever writes as many reviews as they may. `had` is how many reviews `by` had when the page
    was made that asks: a page that is sent twice takes one, and the second time Refused is raised."""
    passed = set[UUID]()
    while True:
        with transaction.atomic():
            _once(by, had)
            dossier = _held(by, passed)
            if dossier is None:
                return None
            if may_take(dossier, by):
                return _take(dossier, by)
            if full := held_full(by):
                raise Refused(full)
        passed.add(dossier.pk)


def _once(by: User, had: int | None) -> None:
    """The lock on the reviewer leaves others free to name them in their own rows."""
    if had is None:
        return
    User.objects.select_for_update(no_key=True).only("pk").get(pk=by.pk)
    if had_so_far(by) != had:
        raise Refused([Reason("queue_moved")])


def _held(by: User, passed: Collection[UUID]) -> Dossier | None:
    """The first that nobody else holds, locked; while others hold them all, the first as soon as it is let go: a
    place that somebody looks at is not taken yet."""
    if not connection.features.has_select_for_update_skip_locked:
        # SQLite has one writer, and this transaction is it from its first statement on.
        return first_open(by, passed, unheld=False)
    free = first_open(by, passed, unheld=True)
    if free is not None:
        return free
    first = first_open(by, passed, unheld=False)
    return None if first is None else locked_row(first)


def _against(locked: Dossier, by: User) -> list[Reason]:
    """Three queries at least."""
    held = held_by(locked, by)
    reasons = against_claiming(locked, held.standing)
    if held.ended:
        reasons.append(Reason("given_back"))
    return [*reasons, *held_full(by), *(_to_yourself(each) for each in reviewer_unfit(locked, by))]


YOURSELF = {
    "no_reviewer": "not_a_reviewer",
    "assigned_already": "yours_already",
    "has_interest": "your_interest",
}


def _to_yourself(reason: Reason) -> Reason:
    """What is said of a reviewer to a coordinator, as it is said to the reviewer."""
    rest = {key: value for key, value in reason.parameters.items() if key != "name"}
    return Reason(YOURSELF.get(reason.code, reason.code), rest)


def _take(locked: Dossier, by: User) -> Assignment:
    return ask(dossier=locked, reviewer=by, origin=Origin.CLAIMED, by=by, role=ROLE)
