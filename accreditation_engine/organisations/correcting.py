"""Administrators correct what is known of an organisation, and say why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accreditation_engine.definitions.western import western
from accreditation_engine.engine import erasures
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.trail.models import Event
from accreditation_engine.written import kept_line, kept_text

from .administering import ADMINISTRATOR, administered_by
from .governorates import EGYPT, governorate_typed, no_governorate
from .models import Organisation, User
from .registering import CHANGED, REGISTERED, change_organisation

CORRECTED = ("name_ar", "name_en", "registration_number", "country", "governorate")


def last_told(organisation: UUID) -> int:
    """The number of the last event that said what the organisation is called; 0 for none."""
    told = Event.objects.filter(stream=organisation, kind__in=(REGISTERED, CHANGED)).order_by("-seq")
    return told.values_list("seq", flat=True).first() or 0


def correct_organisation(
    *, organisation: Organisation, values: Mapping[str, str], seen: int, reason: str, by: User
) -> bool:
    """Give `organisation` other `values`, named as in CORRECTED; False where they are what is known already.
    `seen` is what `last_told` was when `by` looked. Raises Refused for all but administrators of every scheme,
    where it was changed since, without a reason, and for values that cannot be kept."""
    if administered_by(by) is not None:
        raise Refused([Reason("may_not_correct")])
    said = {name: kept_line(values.get(name, "")) for name in CORRECTED}
    said["registration_number"] = western(said["registration_number"])
    with transaction.atomic():
        locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
        before = last_told(locked.pk)
        if before != seen:
            raise Refused([Reason("organisation_moved_on")])
        wrong = unlike_text(reason, missing="comment_missing", field="reason")
        if said["country"] == EGYPT and said["governorate"] != locked.governorate:
            if unknown := no_governorate(said["governorate"]):
                wrong.append(unknown)
            said["governorate"] = governorate_typed(said["governorate"]) or said["governorate"]
        if all(getattr(locked, name) == said[name] for name in CORRECTED):
            return False
        if wrong:
            raise Refused(wrong)
        change_organisation(organisation=locked, by=by, role=ADMINISTRATOR, reason=kept_text(reason), **said)
    return True


def register() -> None:
    erasures.beside_people.append(_changed_by)


def _changed_by(person: UUID) -> QuerySet[Any]:
    """Organisations of which somebody changed something: why, is erased with what else they wrote."""
    return Event.objects.filter(kind=CHANGED, actor=person).values("stream")
