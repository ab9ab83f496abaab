"""/api/v1/upkeep: what keeps certificates and waits for whoever asks."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query, Router

from accreditation_engine.engine.parts import parts_of
from accreditation_engine.engine.visibility import visible
from accreditation_engine.portal.upkeep.waiting import SEEN, waiting_upkeep

from .callers import Token, caller_of, each_token
from .cursors import MOST_AT_ONCE
from .dossiers.within import WaitingUpkeepAnswer, line_of_upkeep
from .problems import Problem

router = Router(tags=["upkeep"], throttle=each_token())


@router.get(
    "upkeep",
    response={200: WaitingUpkeepAnswer, 401: Problem, 403: Problem, 422: Problem, 429: Problem},
    auth=Token("dossiers:read"),
    summary=gettext_noop("What keeps certificates and waits for you, the most urgent first"),
)
def waiting(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=MOST_AT_ONCE, description=gettext_noop("How many at most"))] = 50,
) -> WaitingUpkeepAnswer:
    rows = list(waiting_upkeep(caller_of(request).person)[: limit + 1])
    seen = [(each, parts_of(each).open) for each in rows[:limit]]
    return WaitingUpkeepAnswer(
        upkeep=[line_of_upkeep(each, roles) for each, roles in seen if SEEN in visible(each, roles)],
        more=len(rows) > limit,
    )
