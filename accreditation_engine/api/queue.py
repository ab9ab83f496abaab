"""/api/v1/queue: what a reviewer has to do, and what waits for one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router, Schema
from pydantic import ConfigDict

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.parts import parts_in_sql, parts_of
from accreditation_engine.portal.people import parts_of as roles_of
from accreditation_engine.reviews.queue.places import places_of
from accreditation_engine.reviews.queue.progress import rated_by
from accreditation_engine.reviews.queue.waiting import queue_of

from .callers import Token, caller_of, each_token
from .cursors import MOST_AT_ONCE
from .problems import Problem, Refusal

_OWN: dict[str, Any] = {
    "dossier": "0b3f6a52-6c1e-4b53-9d0e-2f6f6f0f7c11",
    "number": "ICC-2026-00042",
    "scheme": "institutional-commitment",
    "rated": 12,
    "criteria": 40,
    "due": "2026-04-01T08:00:00Z",
    "interests_declared": True,
}
_WAITING: dict[str, Any] = {
    "dossier": "5d0f0a4e-7b1f-4a52-8a86-5f0c8a2d9e10",
    "number": "ICC-2026-00043",
    "scheme": "institutional-commitment",
    "country": "EG",
    "taken": 1,
    "places": 2,
    "since": "2026-03-01T08:00:00Z",
}


class OwnReview(Schema):
    """A review that is yours and not sent. Until interests are declared on its page, nothing else of the file is
    shown."""

    dossier: UUID
    number: str
    scheme: str
    rated: int
    criteria: int
    due: datetime | None
    interests_declared: bool

    model_config = ConfigDict(json_schema_extra={"example": _OWN})


class WaitingPlace(Schema):
    """A file with a place that you may take; of it you learn no more before."""

    dossier: UUID
    number: str
    scheme: str
    country: str
    taken: int
    places: int
    since: datetime

    model_config = ConfigDict(json_schema_extra={"example": _WAITING})


class QueueAnswer(Schema):
    """Your reviews by when they are due, then what waits, in your own order. `more`: there is more than was asked
    for."""

    own: list[OwnReview]
    waiting: list[WaitingPlace]
    more: bool

    model_config = ConfigDict(
        json_schema_extra={"example": {"own": [_OWN], "waiting": [_WAITING], "more": False}}
    )


router = Router(tags=["queue"], throttle=each_token())


@router.get(
    "queue",
    response={200: QueueAnswer, 401: Problem, 403: Problem, 404: Problem, 422: Problem, 429: Problem},
    auth=Token("queue:read"),
    summary=gettext_noop("Your reviews, and what waits for a reviewer"),
)
def queue(
    request: HttpRequest,
    limit: Annotated[
        int, Query(ge=1, le=MOST_AT_ONCE, description=gettext_noop("How many at most, of both"))
    ] = 50,
) -> QueueAnswer:
    person = caller_of(request).person
    if "reviewer" not in roles_of(person):
        raise Refusal(404, "no-queue", _("You review nowhere, so that no queue is yours."))
    shown = queue_of(person).select_related("organisation").annotate(rated=rated_by(person))
    rows: list[Any] = list(shown.annotate(**parts_in_sql(shown.model, person.pk, ["reviewer"]))[: limit + 1])
    return QueueAnswer(
        own=[_own(each) for each in rows[:limit] if each.mine],
        waiting=[_waiting(each) for each in rows[:limit] if not each.mine],
        more=len(rows) > limit,
    )


def _own(row: Any) -> OwnReview:
    return OwnReview(
        dossier=row.pk,
        number=row.number,
        scheme=row.scheme,
        rated=row.rated,
        criteria=compiled(row.edition_id).criteria_asked,
        due=row.due,
        interests_declared="reviewer" in parts_of(row, ["reviewer"]).open,
    )


def _waiting(row: Any) -> WaitingPlace:
    return WaitingPlace(
        dossier=row.pk,
        number=row.number,
        scheme=row.scheme,
        country=row.organisation.country,
        taken=row.taken,
        places=places_of(compiled(row.edition_id)),
        since=row.entered_at,
    )
