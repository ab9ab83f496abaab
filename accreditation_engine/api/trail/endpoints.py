"""The addresses under /api/v1/trail/: for everybody, to read only."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router

from accreditation_engine.api.caching import for_a_minute, for_ever
from accreditation_engine.api.problems import Problem
from accreditation_engine.trail.models import Checkpoint, Key
from accreditation_engine.trail.transparency.published import (
    LARGEST,
    event_inclusion,
    latest_published,
    published,
    published_consistency,
    published_tile,
    readable_hash,
)
from accreditation_engine.trail.transparency.tiles import WIDTH

from .answers import CheckpointAnswer, CheckpointsAnswer, ConsistencyAnswer, InclusionAnswer, KeyAnswer

MOST_AT_ONCE = 200
REFUSALS: dict[int, Any] = {404: Problem, 422: Problem, 429: Problem}
BYTES = {
    "responses": {
        200: {
            "description": "The hashes side by side, 32 bytes each",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}

router = Router(tags=["trail"])

Size = Annotated[
    int | None, Query(description=gettext_noop("Of how many events; all that are signed when left out"))
]


@router.get(
    "checkpoint", response={200: CheckpointAnswer, **REFUSALS}, summary=gettext_noop("The latest checkpoint")
)
def latest_checkpoint(request: HttpRequest, response: HttpResponse) -> CheckpointAnswer:
    for_a_minute(response)
    return CheckpointAnswer.of(latest_published())


@router.get(
    "checkpoints",
    response={200: CheckpointsAnswer, **REFUSALS},
    summary=gettext_noop("Checkpoints, the latest first"),
)
def checkpoints(
    request: HttpRequest,
    response: HttpResponse,
    before: Annotated[
        int | None, Query(ge=0, le=LARGEST, description=gettext_noop("Only those of fewer events than this"))
    ] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_AT_ONCE, description=gettext_noop("How many at most"))] = 50,
) -> CheckpointsAnswer:
    for_a_minute(response)
    wanted = Checkpoint.objects.order_by("-size").select_related("key")
    found = list((wanted if before is None else wanted.filter(size__lt=before))[: limit + 1])
    shown = found[:limit]
    return CheckpointsAnswer(
        checkpoints=[CheckpointAnswer.of(each) for each in shown],
        before=shown[-1].size if len(found) > limit else None,
    )


@router.get(
    "checkpoints/{size}",
    response={200: CheckpointAnswer, **REFUSALS},
    summary=gettext_noop("The checkpoint of so many events"),
)
def checkpoint(request: HttpRequest, response: HttpResponse, size: int) -> CheckpointAnswer:
    found = published(size)
    for_ever(response)
    return CheckpointAnswer.of(found)


@router.get(
    "keys",
    response={200: list[KeyAnswer], 429: Problem},
    summary=gettext_noop("Public keys, the newest first"),
)
def keys(request: HttpRequest, response: HttpResponse) -> list[KeyAnswer]:
    for_a_minute(response)
    return [KeyAnswer.of(each) for each in Key.objects.order_by("-made_at")]


@router.get(
    "events/{event}/inclusion",
    response={200: InclusionAnswer, **REFUSALS},
    summary=gettext_noop("The proof that an event is in the tree"),
)
def inclusion(
    request: HttpRequest,
    response: HttpResponse,
    event: Annotated[str, Path(description=gettext_noop("The event's hash: 64 hexadecimal digits"))],
    size: Size = None,
) -> InclusionAnswer:
    found = event_inclusion(event, size)
    _good_for(response, size)
    return InclusionAnswer.of(readable_hash(event), found)


@router.get(
    "consistency",
    response={200: ConsistencyAnswer, **REFUSALS},
    summary=gettext_noop("The proof that a later tree continues an earlier one"),
)
def consistency(
    request: HttpRequest,
    response: HttpResponse,
    first: Annotated[int, Query(description=gettext_noop("Of how many events the earlier tree is"))],
    second: Size = None,
) -> ConsistencyAnswer:
    found = published_consistency(first, second)
    _good_for(response, second)
    return ConsistencyAnswer.of(found)


@router.get(
    "tiles/{level}/{number}",
    response=REFUSALS,
    openapi_extra=BYTES,
    summary=gettext_noop("A tile of the tree, as C2SP tlog-tiles cuts it"),
)
def tile(
    request: HttpRequest,
    level: Annotated[
        int,
        Path(ge=0, description=gettext_noop("0 has the leaves; a hash of each further level stands for 256")),
    ],
    number: Annotated[int, Path(ge=0, description=gettext_noop("Which tile of its level, counted from 0"))],
    width: Annotated[
        int, Query(description=gettext_noop("How many hashes, of a tile that is not full yet"))
    ] = WIDTH,
) -> HttpResponse:
    response = HttpResponse(published_tile(level, number, width), content_type="application/octet-stream")
    for_ever(response)
    return response


def _good_for(response: HttpResponse, size: int | None) -> None:
    """A proof for a size that was named can never be another; for the latest it is as old as the checkpoint."""
    if size is None:
        for_a_minute(response)
    else:
        for_ever(response)
