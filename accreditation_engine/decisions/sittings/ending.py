"""The end of a sitting; or that it does not take place."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.written import kept_text

from .letters import tell_of_cancelling
from .models import Sitting
from .planning import locked_sitting
from .rules import require_lead
from .standing import before_the_sitting, settled_in, somebody_came

SITTING_CLOSED, SITTING_CANCELLED = "sitting_closed", "sitting_cancelled"


def close_sitting(*, sitting: Sitting, by: User) -> None:
    """It is over: agenda and attendance stay as they are, and the event holds for each dossier who could decide on
    it and who was kept out. Ballots that still run go on. Raises Refused for whoever does not lead it, and before
    anybody is noted as present."""
    with transaction.atomic():
        locked = locked_sitting(sitting)
        role = require_lead(by, locked)
        if not somebody_came(locked):
            raise Refused([Reason("nobody_noted")])
        event = record(locked.pk, SITTING_CLOSED, by, role=role, data={"items": _items(locked)})
        Sitting.objects.filter(pk=locked.pk).update(closed_at=event.at)
    sitting.refresh_from_db()


def _items(sitting: Sitting) -> list[dict[str, Any]]:
    """In the order of the agenda."""
    dossiers = [each.dossier for each in sitting.agenda.select_related("dossier").order_by("place")]
    panel = before_the_sitting(sitting, dossiers)
    return [{"dossier": str(each.pk), **panel[each.pk].as_data()} for each in dossiers]


def cancel_sitting(*, sitting: Sitting, reason: str, by: User) -> None:
    """It does not take place; those convened are told. The reason lies beside the event. Raises Refused."""
    unlike = unlike_text(reason, missing="comment_missing")
    with transaction.atomic():
        locked = locked_sitting(sitting)
        role = require_lead(by, locked)
        if unlike:
            raise Refused(unlike)
        if somebody_came(locked) or settled_in(locked):
            raise Refused([Reason("sitting_took_place")])
        event = record(locked.pk, SITTING_CANCELLED, by, role=role, comment=kept_text(reason))
        Sitting.objects.filter(pk=locked.pk).update(cancelled_at=event.at)
        tell_of_cancelling(locked, by)
    sitting.refresh_from_db()
