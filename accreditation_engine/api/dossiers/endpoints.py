"""/api/v1/dossiers: for programs with a token, which see what its owner sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router

from accreditation_engine.api.callers import Token, caller_of, each_token
from accreditation_engine.api.cursors import After, Limit, cursor, row_behind
from accreditation_engine.api.problems import Problem
from accreditation_engine.api.repeated import Key, done_once
from accreditation_engine.dossiers.rules import parts_in_many
from accreditation_engine.dossiers.unannounced import DECISION
from accreditation_engine.engine.parts import Parts
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.home.filters import Filters
from accreditation_engine.trail.models import Event

from .answers import DossierAnswer, DossiersAnswer, EventsAnswer, answer_of, events_shown, line_of
from .listing import some_of
from .reading import looked, not_shown, reading
from .steps import Step, TakenAnswer, taken, taken_within
from .within import (
    FindingsAnswer,
    Seen,
    UpkeepOfFileAnswer,
    finding_seen,
    findings_of_file,
    upkeep_of_file,
    upkeep_seen,
)

REFUSALS: dict[int, Any] = {401: Problem, 403: Problem, 422: Problem, 429: Problem}
OF_ONE: dict[int, Any] = {**REFUSALS, 404: Problem}
OF_A_STEP: dict[int, Any] = {200: TakenAnswer, 400: Problem, **OF_ONE, 409: Problem, 413: Problem}

router = Router(tags=["dossiers"], throttle=each_token())


@router.get(
    "",
    response={200: DossiersAnswer, **REFUSALS},
    auth=Token("dossiers:read"),
    summary=gettext_noop("Files that you may see, the newest first"),
)
def dossiers(
    request: HttpRequest,
    q: Annotated[
        str, Query(max_length=200, description=gettext_noop("Parts of a file's number or organisation"))
    ] = "",
    state: Annotated[str, Query(max_length=60, description=gettext_noop("The code of a state"))] = "",
    scheme: Annotated[str, Query(max_length=60, description=gettext_noop("The id of a scheme"))] = "",
    waiting: Annotated[bool, Query(description=gettext_noop("Only those that wait for you"))] = False,
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
    summary=gettext_noop("One file: where it stands, and what you may do now"),
)
def dossier(request: HttpRequest, pk: UUID) -> DossierAnswer:
    reader = reading(caller_of(request).person, pk)
    looked(reader, "file")
    return answer_of(reader)


@router.get(
    "/{uuid:pk}/events",
    response={200: EventsAnswer, **OF_ONE},
    auth=Token("trail:read"),
    summary=gettext_noop("The decision trail of one file, the first event first"),
)
def events(request: HttpRequest, pk: UUID, after: After = "", limit: Limit = 50) -> EventsAnswer:
    reader = reading(caller_of(request).person, pk)
    if not reader.sees("trail"):
        raise not_shown()
    looked(reader, "trail")
    list_ = f"events {pk}"
    found = Event.objects.filter(stream=pk, seq__gt=row_behind(list_, after) or 0).order_by("seq")
    rows = list(found[: limit + 1])
    following = cursor(list_, rows[limit - 1].seq) if len(rows) > limit else None
    return EventsAnswer(events=events_shown(reader, rows[:limit]), next=following)


@router.post(
    "/{uuid:pk}/transitions",
    response=OF_A_STEP,
    auth=Token("transitions:write"),
    summary=gettext_noop("Take a step"),
)
def transitions(request: HttpRequest, pk: UUID, step: Step, key: Key) -> HttpResponse:
    person = caller_of(request).person
    return done_once(request, person, key, lambda: taken(reading(person, pk), step))


@router.get(
    "/{uuid:pk}/findings",
    response={200: FindingsAnswer, **OF_ONE},
    auth=Token("dossiers:read"),
    summary=gettext_noop("The findings of one file, and what you may do about each"),
)
def findings(request: HttpRequest, pk: UUID) -> FindingsAnswer:
    reader = reading(caller_of(request).person, pk)
    looked(reader, "file")
    return FindingsAnswer(findings=findings_of_file(reader))


@router.post(
    "/{uuid:pk}/findings/{uuid:finding_pk}/transitions",
    response=OF_A_STEP,
    auth=Token("transitions:write"),
    summary=gettext_noop("Take a step with a finding"),
)
def finding_transitions(
    request: HttpRequest, pk: UUID, finding_pk: UUID, step: Step, key: Key
) -> HttpResponse:
    """Files that show what was done are added on its page."""
    return _taken_once(request, pk, lambda reader: finding_seen(reader, finding_pk), step, key)


@router.get(
    "/{uuid:pk}/upkeep",
    response={200: UpkeepOfFileAnswer, **OF_ONE},
    auth=Token("dossiers:read"),
    summary=gettext_noop("What keeps the certificates of one file, and what you may do about it"),
)
def upkeep(request: HttpRequest, pk: UUID) -> UpkeepOfFileAnswer:
    reader = reading(caller_of(request).person, pk)
    if not reader.sees(DECISION):
        raise not_shown()
    looked(reader, "file")
    return UpkeepOfFileAnswer(upkeep=upkeep_of_file(reader))


@router.post(
    "/{uuid:pk}/upkeep/{uuid:upkeep_pk}/transitions",
    response=OF_A_STEP,
    auth=Token("transitions:write"),
    summary=gettext_noop("Take a step with what keeps a certificate"),
)
def upkeep_transitions(request: HttpRequest, pk: UUID, upkeep_pk: UUID, step: Step, key: Key) -> HttpResponse:
    """What has to come with files is filed on its page."""
    return _taken_once(request, pk, lambda reader: upkeep_seen(reader, upkeep_pk), step, key)


def _taken_once(
    request: HttpRequest, pk: UUID, seen: Callable[[Reader], Seen | None], step: Step, key: str
) -> HttpResponse:
    """A step with something that hangs on the file, which `seen` looks up for its reader."""
    person = caller_of(request).person
    return done_once(request, person, key, lambda: taken_within(reading(person, pk), seen, step))
