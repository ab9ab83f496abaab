"""/api/v1/upkeep: what keeps certificates and waits for whoever asks."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Router

from accreditation_engine.certificates.models import Upkeep
from accreditation_engine.engine.parts import parts_of
from accreditation_engine.engine.visibility import visible
from accreditation_engine.portal.upkeep.waiting import SEEN, waiting_upkeep

from .callers import Token, caller_of, each_token
from .cursors import After, Limit, cursor, row_behind
from .dossiers.within import WaitingUpkeepAnswer, line_of_upkeep
from .problems import Problem

LIST = "upkeep"

router = Router(tags=["upkeep"], throttle=each_token())


@router.get(
    "upkeep",
    response={200: WaitingUpkeepAnswer, 401: Problem, 403: Problem, 422: Problem, 429: Problem},
    auth=Token("dossiers:read"),
    summary=gettext_noop("What keeps certificates and waits for you, the most urgent first"),
)
def waiting(request: HttpRequest, after: After = "", limit: Limit = 50) -> WaitingUpkeepAnswer:
    found = waiting_upkeep(caller_of(request).person)
    if (last := row_behind(LIST, after)) is not None:
        due, pk = date.fromisoformat(last[0]), last[1]
        found = found.filter(Q(due_on__gt=due) | Q(due_on=due, pk__gt=pk))
    rows = list(found[: limit + 1])
    seen, more = [(each, parts_of(each).open) for each in rows[:limit]], len(rows) > limit
    return WaitingUpkeepAnswer(
        upkeep=[line_of_upkeep(each, roles) for each, roles in seen if SEEN in visible(each, roles)],
        more=more,
        next=_cursor(rows[limit - 1]) if more else None,
    )


def _cursor(upkeep: Upkeep) -> str:
    return cursor(LIST, [upkeep.due_on.isoformat(), str(upkeep.pk)])
