"""Taking rows in: organisations are registered and changed, some hundreds in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accreditation_engine.engine.acting import Person
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.organisations.registering import change_organisations, register_organisations
from accreditation_engine.trail.content import Actor

from .planning import Planned, What, known_organisations, planned
from .rows import Row


def take_in(rows: Sequence[Row], *, by: Person | Actor, role: str = "") -> list[Planned]:
    """What was done with each of `rows`, at most some hundreds: as they are found now, whatever a plan said. Rows
    that were taken in before are known, so that an import can be begun anew. About ten statements."""
    with transaction.atomic():
        known = _locked({each.number for each in rows if each.number})
        done = [planned(each, known.get(each.number)) for each in rows]
        register_organisations(_with(done, What.NEW), by=by, role=role)
        change_organisations(
            [
                (each.organisation, each.after)
                for each in done
                if each.what == What.CHANGED and each.organisation
            ],
            by=by,
            role=role,
        )
    return done


def _locked(numbers: set[str]) -> dict[str, Organisation]:
    pks = [each.pk for each in known_organisations(numbers).values()]
    rows = Organisation.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    return {each.registration_number: each for each in rows}


def _with(done: Sequence[Planned], what: What) -> list[Organisation]:
    return [each.organisation for each in done if each.what == what and each.organisation is not None]
