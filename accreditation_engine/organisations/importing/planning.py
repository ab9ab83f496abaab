"""What an import would do with each row: a new organisation, one that is known and stays, one that changes, or
nothing, because something is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from accreditation_engine.engine.reasons import Reason
from accreditation_engine.organisations.governorates import EGYPT, governorate_typed, no_governorate
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.organisations.registering import unlike

from .columns import COUNTRY, NAMES
from .rows import Row, for_a_new_one

AT_ONCE = 500
"""Numbers of one question to the database."""


class What(models.TextChoices):
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    KNOWN = "known", _("known, unchanged")
    WRONG = "wrong", _("wrong")


@dataclass(frozen=True)
class Planned:
    """`before` and `after` are the values that change, by field; of a new organisation all are after."""

    row: Row
    what: What
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    organisation: Organisation | None = None


def plan(rows: Sequence[Row]) -> list[Planned]:
    """In the order of the rows; nothing is written. A query for each 500 rows."""
    known = _known({each.number for each in rows if each.number})
    return [planned(each, known.get(each.number)) for each in rows]


def _known(numbers: Iterable[str]) -> dict[str, Organisation]:
    """By registration number."""
    wanted, found = sorted(numbers), {}
    for start in range(0, len(wanted), AT_ONCE):
        some = Organisation.objects.filter(registration_number__in=wanted[start : start + AT_ONCE])
        found.update({each.registration_number: each for each in some})
    return found


def planned(row: Row, known: Organisation | None) -> Planned:
    """An empty cell says nothing: what is known stays."""
    if row.reasons:
        return Planned(row, What.WRONG, reasons=row.reasons)
    said, unknown = _of_a_governorate(row.values, known)
    if unknown:
        return Planned(row, What.WRONG, reasons=(unknown,))
    if known is None:
        if not any(said.get(each) for each in NAMES):
            return Planned(row, What.WRONG, reasons=(Reason("organisation_nameless"),))
        values = for_a_new_one(said)
        new = Organisation(**values)
        reasons = tuple(unlike(new))
        if reasons:
            return Planned(row, What.WRONG, reasons=reasons)
        return Planned(row, What.NEW, after=values, organisation=new)
    before = {name: getattr(known, name) for name, value in said.items() if getattr(known, name) != value}
    after = {name: said[name] for name in before}
    return Planned(row, What.CHANGED if after else What.KNOWN, before, after, organisation=known)


def _of_a_governorate(
    values: Mapping[str, str], known: Organisation | None
) -> tuple[dict[str, str], Reason | None]:
    """`values` with the governorate of Egypt by its code, and why it is none. Other countries have their own,
    which nobody here lists."""
    typed = values.get("governorate", "")
    country = values.get(COUNTRY) or (known.country if known else EGYPT)
    if not typed or country != EGYPT:
        return dict(values), None
    code = governorate_typed(typed)
    return {**values, "governorate": code or typed}, no_governorate(typed)


def as_shown(found: Planned, shown: Planned) -> Planned:
    """What is done with a row that somebody was `shown`: where it would now change what they did not see, it is
    left for them to look at anew."""
    if found.what != What.CHANGED or (found.before, found.after) == (shown.before, shown.after):
        return found
    reason = Reason("organisation_meanwhile", {"new": shown.what == What.NEW})
    return Planned(found.row, What.WRONG, found.before, found.after, (reason,), found.organisation)
