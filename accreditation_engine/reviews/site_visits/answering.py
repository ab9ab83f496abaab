"""What the organisation says to a visit: that its time suits, or that another is wanted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accreditation_engine.dossiers.rules import require_member
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Event
from accreditation_engine.written import kept_text

from .letters import tell_planners
from .models import Visit
from .standing import locked_visit, still_to_answer, tries_written_down

CONFIRMED, OTHER_DATE = "visit_confirmed", "visit_other_date"


def confirm_visit(*, visit: Visit, seen: datetime, by: User) -> None:
    """The organisation agrees to the visit as it was set at `seen` (its `timed_at`). Saying so twice changes
    nothing. Raises Refused for everybody else, once it was moved since, once it was cancelled or held,
    and once its time is over."""
    with tries_written_down(visit.dossier, by), transaction.atomic():
        current = _current(visit, seen, by)
        if current.confirmed_at is not None:
            return
        event = _record(current, CONFIRMED, by)
        Visit.objects.filter(pk=current.pk).update(confirmed_at=event.at, asked_seq=None)
        tell_planners(current, CONFIRMED, by)


def ask_for_another_date(*, visit: Visit, seen: datetime, reason: str, by: User) -> None:
    """The organisation says why the date does not suit, and which would. Raises Refused as `confirm_visit` does,
    and without a reason."""
    with tries_written_down(visit.dossier, by), transaction.atomic():
        current = _current(visit, seen, by)
        unlike = unlike_text(reason, missing="no_other_date", field="reason")
        if unlike:
            raise Refused(unlike)
        event = _record(current, OTHER_DATE, by, reason)
        Visit.objects.filter(pk=current.pk).update(asked_seq=event.seq, confirmed_at=None)
        tell_planners(current, OTHER_DATE, by)


def _current(visit: Visit, seen: datetime, by: User) -> Visit:
    current = locked_visit(visit)
    require_member(current.dossier, by)
    reasons = still_to_answer(current)
    if not reasons and current.timed_at != seen:
        reasons = [Reason("visit_moved_meanwhile")]
    if reasons:
        raise Refused(reasons)
    return current


def _record(visit: Visit, kind: str, by: User, text: str = "") -> Event:
    dossier = visit.dossier
    return record(
        dossier.pk,
        kind,
        by,
        role="applicant",
        edition=dossier.edition_id,
        comment=kept_text(text),
        data={"visit": visit.seq},
    )
