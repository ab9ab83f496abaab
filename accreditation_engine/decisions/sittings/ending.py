"""The end of a sitting; or that it does not take place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Event
from accreditation_engine.written import kept_text

from .finishing import Finish, finish_of
from .letters import tell_of_cancelling
from .models import Sitting
from .planning import locked_sitting
from .rules import require_lead
from .standing import Before, before_the_sitting, settled_in, somebody_came

SITTING_CLOSED, SITTING_CANCELLED = "sitting_closed", "sitting_cancelled"


def close_sitting(*, sitting: Sitting, by: User) -> None:
    """It is over: agenda and attendance stay as they are, and the event holds for each dossier who could decide on
    it, who was kept out, and by which ballot of the sitting: 0 where nobody voted at it. Raises Refused for
    whoever does not lead it, before anybody is noted as present, and while a ballot of its agenda still takes
    votes: who voted later would stand in its minutes beside those who came."""
    with transaction.atomic():
        locked = locked_sitting(sitting)
        role = require_lead(by, locked)
        if not somebody_came(locked):
            raise Refused([Reason("nobody_noted")])
        event = record(locked.pk, SITTING_CLOSED, by, role=role, data={"items": _items(locked)})
        Sitting.objects.filter(pk=locked.pk).update(closed_at=event.at)
    sitting.refresh_from_db()


def panel_before(sitting: Sitting, dossiers: list[Dossier]) -> dict[UUID, Before]:
    """The panel of `sitting` before each of `dossiers`, by their ids: as it was when the sitting was closed; until
    then as it is."""
    if not sitting.closed_at:
        return before_the_sitting(sitting, dossiers)
    event = Event.objects.filter(stream=sitting.pk, kind=SITTING_CLOSED).latest("seq")
    kept = {UUID(each["dossier"]): Before.of_data(each) for each in event.data["items"]}
    return {each.pk: kept.get(each.pk, Before()) for each in dossiers}


def _items(sitting: Sitting) -> list[dict[str, Any]]:
    """In the order of the agenda. The dossiers are locked, so that nobody votes meanwhile. Raises Refused."""
    rows = Dossier.objects.select_for_update().filter(pk__in=sitting.agenda.values("dossier"))
    by_key = {each.pk: each for each in rows.order_by("pk")}
    dossiers = [by_key[key] for key in sitting.agenda.order_by("place").values_list("dossier", flat=True)]
    finish = finish_of(sitting, dossiers)
    if finish.running:
        raise Refused([Reason("ballots_running", {"numbers": [each.number for each in finish.running]})])
    panel = before_the_sitting(sitting, dossiers)
    return [
        {"dossier": str(each.pk), **_at_the_end(panel[each.pk], finish, each).as_data()} for each in dossiers
    ]


def _at_the_end(before: Before, finish: Finish, dossier: Dossier) -> Before:
    """Votes on what was put off are cast at another sitting."""
    return before if before.settled or dossier.pk in finish.voted else replace(before, ballot=0)


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
