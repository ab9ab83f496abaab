"""A visit is held: who was there, and in the end a short report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Event
from accreditation_engine.written import kept_text

from .models import Visit
from .planning import people_told
from .standing import locked_visit, still_ahead, still_open, tries_written_down, visiting_role

HELD, CLOSED = "visit_held", "visit_closed"


def hold_visit(*, visit: Visit, attended: Sequence[User], met: str, by: User) -> None:
    """Write down that a visit took place: who of those who were to go was there, and whom they met (`met`: names
    and functions, as text that can be erased).

    Raises Refused for everybody but those who go and coordinators, before it begins, a second time, once it was
    cancelled, without anybody on either side, and for people who were not to go.
    """
    with tries_written_down(visit.dossier, by), transaction.atomic():
        current = locked_visit(visit)
        role = visiting_role(current, by)
        others = [each for each in attended if str(each.pk) not in current.people]
        reasons = [
            *still_ahead(current),
            *([Reason("visit_not_yet")] if timezone.now() < current.begins_at else []),
            *([] if attended else [Reason("nobody_attended")]),
            *(Reason("was_not_to_go", {"name": each.name}) for each in others),
            *unlike_text(met, missing="nobody_met", field="met"),
        ]
        if reasons:
            raise Refused(reasons)
        event = _record(current, HELD, by, role, met, people=people_told(attended))
        there = [str(each.pk) for each in attended]
        Visit.objects.filter(pk=current.pk).update(held_at=event.at, attended=there)


def close_visit(*, visit: Visit, report: str, by: User) -> None:
    """Close a visit with a short report: nothing is added to it afterwards. Raises Refused for everybody but those
    who go and coordinators, before it was held, a second time, and without a report."""
    with tries_written_down(visit.dossier, by), transaction.atomic():
        current = locked_visit(visit)
        role = visiting_role(current, by)
        reasons = still_open(current)
        if not reasons and current.held_at is None:
            reasons = [Reason("visit_not_held")]
        reasons += unlike_text(report, missing="visit_without_report", field="report")
        if reasons:
            raise Refused(reasons)
        event = _record(current, CLOSED, by, role, report)
        Visit.objects.filter(pk=current.pk).update(closed_at=event.at)


def _record(visit: Visit, kind: str, by: User, role: str, text: str, **more: Any) -> Event:
    dossier = visit.dossier
    return record(
        dossier.pk,
        kind,
        by,
        role=role,
        edition=dossier.edition_id,
        comment=kept_text(text),
        data={"visit": visit.seq, **more},
    )
