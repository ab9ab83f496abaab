"""/api/v1/dossiers: for programs with a token, which see what its owner sees."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from accreditation_engine.api.callers import Token, caller_of, each_token
from accreditation_engine.api.cursors import After, Limit, cursor, row_behind
from accreditation_engine.api.problems import Problem
from accreditation_engine.api.repeated import Key, done_once
from accreditation_engine.dossiers.rules import parts_in_many
from accreditation_engine.engine.parts import Parts
from accreditation_engine.portal.home.filters import Filters
from accreditation_engine.trail.models import Event

from .answers import DossierAnswer, DossiersAnswer, EventsAnswer, answer_of, events_shown, line_of
from .listing import some_of
from .reading import looked, nothing_there, reading
from .steps import Step, TakenAnswer, taken

REFUSALS: dict[int, Any] = {401: Problem, 403: Problem, 422: Problem, 429: Problem}
OF_ONE: dict[int, Any] = {**REFUSALS, 404: Problem}

router = Router(tags=["dossiers"], throttle=each_token())


@router.get(
    "",
    response={200: DossiersAnswer, **REFUSALS},
    auth=Token("dossiers:read"),
    summary="Files that you may see, the newest first",
)
def dossiers(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=200, description="Parts of a file's number or organisation")] = "",
    state: Annotated[str, Query(max_length=60, description="The code of a state")] = "",
    scheme: Annotated[str, Query(max_length=60, description="The id of a scheme")] = "",
    waiting: Annotated[bool, Query(description="Only those that wait for you")] = False,
    after: After = "",
    limit: Limit = 25,
) -> DossiersAnswer:
    person = caller_of(request).person
    filters = Filters(person, _readable(state), _readable(q), waiting)
    found, following = some_of(filters, _readable(scheme), after, limit)
    parts = parts_in_many(person, found)
    return DossiersAnswer(
        dossiers=[line_of(each, parts.get(each.pk, Parts())) for each in found], next=following
    )


def _readable(typed: str) -> str:
    """Without what no database looks for."""
    return typed.replace("\0", "").strip()


@router.get(
    "/{uuid:pk}",
    response={200: DossierAnswer, **OF_ONE},
    auth=Token("dossiers:read"),
    summary="One file: where it stands, and what you may do now",
)
def dossier(request: HttpRequest, pk: UUID) -> DossierAnswer:
    reader = reading(caller_of(request).person, pk)
    looked(reader, "file")
    return answer_of(reader)


@router.get(
    "/{uuid:pk}/events",
    response={200: EventsAnswer, **OF_ONE},
    auth=Token("trail:read"),
    summary="The decision trail of one file, the first event first",
)
def events(request: HttpRequest, pk: UUID, after: After = "", limit: Limit = 50) -> EventsAnswer:
    reader = reading(caller_of(request).person, pk)
    if not reader.sees("trail"):
        raise nothing_there()
    looked(reader, "trail")
    list_ = f"events {pk}"
    found = Event.objects.filter(stream=pk, seq__gt=row_behind(list_, after) or 0).order_by("seq")
    rows = list(found[: limit + 1])
    following = cursor(list_, rows[limit - 1].seq) if len(rows) > limit else None
    return EventsAnswer(events=events_shown(reader, rows[:limit]), next=following)


@router.post(
    "/{uuid:pk}/transitions",
    response={200: TakenAnswer, 400: Problem, **OF_ONE, 409: Problem},
    auth=Token("transitions:write"),
    summary="Take a step",
)
def transitions(request: HttpRequest, pk: UUID, step: Step, key: Key) -> HttpResponse:
    person = caller_of(request).person
    return done_once(request, person, key, lambda: taken(request, reading(person, pk), step))
