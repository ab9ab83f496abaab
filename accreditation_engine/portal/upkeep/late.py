"""Upkeep that is late: time is over for its organisation, and nothing lies there to be looked at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from accreditation_engine.certificates.models import Upkeep
from accreditation_engine.definitions.workflow import State
from accreditation_engine.dossiers.queries import standing_in
from accreditation_engine.engine.compiled import Compiled, compiled

from .waiting import APPLICANT


def late_upkeep(editions: Iterable[Compiled], now: Any) -> Q:
    """`now` is a moment, or the gap for one in a prepared query."""
    known = list(editions)
    over = standing_in(known, _waits_for_its_organisation) & Q(deadline_at__lt=now)
    return over | standing_in(known, _out_of_time)


def is_late(upkeep: Upkeep, now: datetime) -> bool:
    """The same of one. No query."""
    state = compiled(upkeep.edition_id).workflow.states[upkeep.state]
    over = upkeep.deadline_at is not None and upkeep.deadline_at < now
    return _out_of_time(state) or (over and _waits_for_its_organisation(state))


def _waits_for_its_organisation(state: State) -> bool:
    return state.waits_for == APPLICANT


def _out_of_time(state: State) -> bool:
    """It waits for the organisation, and no time limit runs any more."""
    return _waits_for_its_organisation(state) and state.deadline is None
