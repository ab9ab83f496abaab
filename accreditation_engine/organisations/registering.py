"""Organisations come to be and are renamed in streams of their own: who was certified must be in a chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction

from accreditation_engine.engine.acting import Person, actor_of
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.trail.append import append_to, lock_heads
from accreditation_engine.trail.content import Actor, Entry
from accreditation_engine.trail.rows import update
from accreditation_engine.written import kept_line

from .governorates import EGYPT, governorate_typed
from .models import Organisation

REGISTERED, CHANGED = "organisation_registered", "organisation_changed"
SAID = ("name_ar", "name_en", "registration_number", "country", "governorate", "sector", "language")
"""What events say of an organisation; those of before knew nothing of the last two."""
CHANGEABLE = tuple(name for name in SAID if name != "registration_number")
"""By many at once: a number is what they are found by."""

when_called_otherwise: list[Callable[[Collection[Organisation]], None]] = []
"""What folders below do when organisations were given other values, in the same transaction."""


def register_organisation(*, by: Person | Actor, role: str = "", **values: str) -> Organisation:
    """Make an organisation from `values`, named as in SAID: both names and the number are needed. Raises Refused
    for what is missing or too long, and for a number that is taken."""
    return register_organisations([Organisation(**values)], by=by, role=role)[0]


def register_organisations(
    new: Iterable[Organisation], *, by: Person | Actor, role: str = ""
) -> list[Organisation]:
    """The same for many that are made and not saved. Three statements, however many they are."""
    organisations = [_kept(each) for each in new]
    reasons = [reason for each in organisations for reason in unlike(each)]
    if reasons:
        raise Refused(reasons)
    with transaction.atomic():
        _refuse_taken(organisations)
        Organisation.objects.bulk_create(organisations)
        append_to(
            {},
            [
                Entry(stream=each.pk, kind=REGISTERED, actor=actor_of(by), role=role, data=said_of(each))
                for each in organisations
            ],
        )
    return organisations


def change_organisation(
    *, organisation: Organisation, by: Person | Actor, role: str = "", reason: str = "", **values: str
) -> Organisation:
    """Give `organisation` other `values`, named as in SAID; the event tells what they were and what they are, and
    `reason`, where one is given, lies beside it.
    Nothing is written where nothing changes. Certificates keep the holder's names as they were issued. Raises
    Refused as `register_organisation` does."""
    with transaction.atomic():
        locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
        sides = _changed(locked, values)
        if not sides:
            return locked
        if reasons := list(unlike(locked)):
            raise Refused(reasons)
        if "registration_number" in sides["after"]:
            _refuse_taken([locked])
        record(locked.pk, CHANGED, by, role=role, comment=reason, data=sides)
        locked.save(update_fields=list(sides["after"]))
        _tell([locked])
    return locked


def change_organisations(
    changes: Sequence[tuple[Organisation, Mapping[str, str]]], *, by: Person | Actor, role: str = ""
) -> None:
    """The same for many, which the caller has locked, each with its new values; numbers stay as they are. Four
    statements, however many they are."""
    told = [
        (organisation, sides) for organisation, values in changes if (sides := _changed(organisation, values))
    ]
    reasons = [reason for organisation, _told in told for reason in unlike(organisation)]
    if reasons:
        raise Refused(reasons)
    if not told:
        return
    with transaction.atomic():
        entries = [
            Entry(stream=each.pk, kind=CHANGED, actor=actor_of(by), role=role, data=data)
            for each, data in told
        ]
        append_to(lock_heads(each.pk for each, _data in told), entries)
        update(Organisation, [each for each, _data in told], CHANGEABLE)
        _tell([each for each, _data in told])


def _tell(organisations: Collection[Organisation]) -> None:
    for each in when_called_otherwise:
        each(organisations)


def said_of(organisation: Organisation) -> dict[str, str]:
    return {name: getattr(organisation, name) for name in SAID}


def _changed(organisation: Organisation, values: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Give `organisation` other `values`, not saved; what that changes, "before" and "after", {} for nothing."""
    before = said_of(organisation)
    for name, value in values.items():
        setattr(organisation, name, value)
    after = said_of(_kept(organisation))
    changed = [name for name in SAID if after[name] != before[name]]
    if not changed:
        return {}
    sides = {"before": before, "after": after}
    return {side: {name: said[name] for name in changed} for side, said in sides.items()}


def _kept(organisation: Organisation) -> Organisation:
    """A governorate of Egypt is kept by its code, however it was typed; others as they were written."""
    for name, value in said_of(organisation).items():
        setattr(organisation, name, kept_line(value))
    if organisation.country == EGYPT:
        organisation.governorate = governorate_typed(organisation.governorate) or organisation.governorate
    return organisation


def unlike(organisation: Organisation) -> Iterator[Reason]:
    """What an organisation lacks, and which of its values cannot be kept."""
    for name, value in said_of(organisation).items():
        field: Any = Organisation._meta.get_field(name)
        if not value and not field.blank:
            yield Reason("organisation_lacks", {"field": name})
        if long := too_long(name, value):
            yield long
        elif value and field.choices and value not in dict(field.choices):
            yield Reason("organisation_unlisted", {"field": name, "value": value})


def too_long(name: str, value: str) -> Reason | None:
    field: Any = Organisation._meta.get_field(name)
    if len(value) <= field.max_length:
        return None
    return Reason("organisation_too_long", {"field": name, "count": len(value), "most": field.max_length})


def _refuse_taken(organisations: list[Organisation]) -> None:
    numbers = [each.registration_number for each in organisations]
    others = Organisation.objects.exclude(pk__in=[each.pk for each in organisations])
    taken = set(others.filter(registration_number__in=numbers).values_list("registration_number", flat=True))
    taken |= {number for number, times in Counter(numbers).items() if times > 1}
    if taken:
        raise Refused([Reason("registration_number_taken", {"number": number}) for number in sorted(taken)])
