"""Taking rows in: organisations are registered and changed, some hundreds in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accreditation_engine.engine.acting import Person
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.organisations.registering import change_organisations, register_organisations
from accreditation_engine.trail.content import Actor

from .planning import Planned, What, as_shown, planned
from .rows import Row

AT_ONCE = 500
"""Rows of one transaction."""


def take_in(
    rows: Sequence[Row], *, by: Person | Actor, role: str = "", shown: Sequence[Planned] = ()
) -> list[Planned]:
    """What was done with each of `rows`, at most AT_ONCE: as they are found now. Rows that were taken in before
    are known, so that an import can be begun anew. With what somebody was `shown` of each, nothing is changed
    that they did not see. About ten statements."""
    with transaction.atomic():
        known = _locked({each.number for each in rows if each.number})
        done = [planned(each, known.get(each.number)) for each in rows]
        if shown:
            done = [as_shown(each, before) for each, before in zip(done, shown, strict=True)]
        new = [each for each, _after in _with(done, What.NEW)]
        register_organisations(new, by=by, role=role)
        change_organisations(_with(done, What.CHANGED), by=by, role=role)
    return done


def _locked(numbers: set[str]) -> dict[str, Organisation]:
    rows = Organisation.objects.select_for_update().filter(registration_number__in=numbers).order_by("pk")
    return {each.registration_number: each for each in rows}


def _with(done: Sequence[Planned], what: What) -> list[tuple[Organisation, dict[str, str]]]:
    return [
        (each.organisation, each.after)
        for each in done
        if each.what == what and each.organisation is not None
    ]
