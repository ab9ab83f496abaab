"""Where a visit stands, and who may do something about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from accreditation_engine.dossiers.domain import is_final, locked_row
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import parts_in, require_role
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.refusals import written_down
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.rules import coordinator_unfit

from .models import Visit

PLANNERS = ("coordinator", "reviewer")
ACT = "visit"
NOT_THEIRS = frozenset({"not_your_role", "interest_bars", "involved", "not_on_this_visit"})


@contextmanager
def tries_written_down(dossier: Dossier, by: User) -> Iterator[None]:
    """Whoever tries at a visit that is not theirs is in the trail of its file."""
    with written_down(dossier, by, role="", act=ACT, only=NOT_THEIRS):
        yield


def planning_role(dossier: Dossier, by: User) -> str:
    """The role in which `by` plans visits. Raises Refused for all but coordinators and reviewers of the dossier,
    and for one who acted for the organisation or coached it. Two queries."""
    role = require_role(dossier, by, *PLANNERS)
    unfit = coordinator_unfit(dossier, by)
    if unfit:
        raise Refused(unfit)
    return role


def visiting_role(visit: Visit, by: User) -> str:
    """The role in which `by` says what happened on a visit: those who go on it, and coordinators. Raises Refused
    for others."""
    role = planning_role(visit.dossier, by)
    if str(by.pk) in visit.people:
        return "reviewer" if "reviewer" in parts_in(by, visit.dossier, "reviewer").open else role
    if role != "coordinator":
        raise Refused([Reason("not_on_this_visit")])
    return role


def going_role(visit: Visit, by: User) -> str:
    """The role of those who go, who alone say what they saw. Raises Refused for others."""
    role = visiting_role(visit, by)
    if str(by.pk) not in visit.people or role != "reviewer":
        raise Refused([Reason("not_on_this_visit")])
    return role


def locked_visit(visit: Visit) -> Visit:
    """The visit as it stands now, its dossier locked until the transaction ends."""
    locked = locked_row(visit.dossier)
    current = Visit.objects.get(pk=visit.pk)
    current.dossier = locked
    return current


def file_closed(dossier: Dossier) -> list[Reason]:
    """Nobody is visited for a file that has come to its end."""
    return [Reason("visits_over")] if is_final(dossier) else []


def still_ahead(visit: Visit) -> list[Reason]:
    """Why a visit is neither confirmed nor moved nor cancelled any more."""
    if visit.cancelled_at is not None:
        return [Reason("visit_cancelled")]
    if visit.held_at is not None:
        return [Reason("visit_held_already")]
    return []


def still_to_answer(visit: Visit) -> list[Reason]:
    """Why the organisation neither confirms a visit nor asks for another date any more."""
    return still_ahead(visit) or ([Reason("visit_time_over")] if time_over(visit) else [])


def time_over(visit: Visit) -> bool:
    """Whether the time that was set has gone by. Whether anybody went is another question."""
    return timezone.now() >= visit.ends_at


def still_open(visit: Visit) -> list[Reason]:
    """Why nothing is added to a visit any more."""
    if visit.cancelled_at is not None:
        return [Reason("visit_cancelled")]
    return [Reason("visit_closed_already")] if visit.closed_at is not None else []
